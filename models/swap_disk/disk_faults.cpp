// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/disk_faults.h"

namespace tlmmu {

namespace {

/// Seeds that are neighbors give sequences that are not.
std::uint64_t seed_of(const DiskFaultsConfig& config, std::uint64_t kind) {
  return Random(config.seed * 4 + kind).next();
}

}  // namespace

DiskFaults::DiskFaults(const DiskFaultsConfig& config)
    : spike_time_(config.spike_time),
      read_error_(config.read_error, seed_of(config, 0)),
      write_error_(config.write_error, seed_of(config, 1)),
      latency_spike_(config.latency_spike, seed_of(config, 2)),
      lost_interrupt_(config.lost_interrupt, seed_of(config, 3)) {}

bool DiskFaults::Kind::strikes() {
  constexpr std::uint64_t kMillion = 1'000'000;
  const bool by_chance = rate_.per_million != 0 && random_.below(kMillion) < rate_.per_million;
  return ++commands_ == rate_.at || by_chance;
}

CommandFaults DiskFaults::next(DiskOperation operation) {
  CommandFaults faults;
  Kind& error = operation == DiskOperation::read ? read_error_ : write_error_;
  faults.medium_error = error.strikes();
  if (latency_spike_.strikes()) faults.delay = spike_time_;
  faults.unsignaled = lost_interrupt_.strikes();
  return faults;
}

}  // namespace tlmmu
