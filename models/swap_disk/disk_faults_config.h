// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/config/visitor.h"

namespace tlmmu {

/// When one kind of fault strikes: at one command of those that it can strike, and by chance.
struct DiskFaultRate {
  std::uint64_t at = 0;           ///< the command, the first one is 1; 0: none
  std::uint64_t per_million = 0;  ///< chance of each command, in millionths

  bool any() const { return at != 0 || per_million != 0; }
};

/// Section [swap_disk.faults]: what goes wrong at the disk, for those who want to see what becomes
/// of it. Nothing does by default.
struct DiskFaultsConfig {
  std::uint64_t seed = 1;
  DiskFaultRate read_error;
  DiskFaultRate write_error;
  DiskFaultRate latency_spike;
  DiskFaultRate lost_interrupt;
  Picoseconds spike_time = milliseconds(100);

  void describe(config::Visitor& v);
};

}  // namespace tlmmu
