// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "models/swap_disk/disk_controller.h"
#include "testbenches/support/laws.h"

namespace tlmmu::testing {

/// Memory of some bytes at address 0; each block takes `block_time`.
class VectorMemory : public DiskMemory {
 public:
  explicit VectorMemory(Bytes size) : bytes(size.value()) {}

  std::vector<unsigned char> bytes;
  Picoseconds block_time;

  std::optional<Picoseconds> fetch(PhysicalAddress from, unsigned char* data,
                                   Picoseconds now) override {
    if (!holds(from)) return std::nullopt;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(from.value()), kDiskBlockBytes.value(),
                data);
    return now + block_time;
  }
  std::optional<Picoseconds> store(PhysicalAddress to, unsigned char* data,
                                   Picoseconds now) override {
    if (!holds(to)) return std::nullopt;
    std::copy_n(data, kDiskBlockBytes.value(),
                bytes.begin() + static_cast<std::ptrdiff_t>(to.value()));
    return now + block_time;
  }

 private:
  bool holds(PhysicalAddress address) const {
    return address.value() + kDiskBlockBytes.value() <= bytes.size();
  }
};

/// A disk with memory that runs by itself and remembers when each tag ended, and how.
class ControllerBench {
 public:
  explicit ControllerBench(const SwapDiskConfig& config, events::Emitter emit = {})
      : memory(mebibytes(4)), controller(config, memory, emit) {}

  DiskAcceptance submit(DiskOperation operation, std::uint32_t tag, std::uint64_t block,
                        std::uint64_t count = 1, std::uint64_t address = 0) {
    return controller.submit({operation, tag, BlockNumber(block), PhysicalAddress(address), count},
                             now);
  }
  DiskAcceptance read(std::uint32_t tag, std::uint64_t block, std::uint64_t count = 1) {
    return submit(DiskOperation::read, tag, block, count);
  }
  DiskAcceptance write(std::uint32_t tag, std::uint64_t block, std::uint64_t count = 1) {
    return submit(DiskOperation::write, tag, block, count);
  }
  DiskAcceptance flush(std::uint32_t tag) { return submit(DiskOperation::flush, tag, 0, 0); }

  /// Goes on to the next thing that happens; false if nothing does.
  bool step() {
    const auto next = controller.next_time();
    if (!next) return false;
    now = *next;
    controller.run(now);
    while (const auto completion = controller.take_completion()) {
      order.push_back(completion->tag);
      ended[completion->tag] = now;
      outcome[completion->tag] = completion->outcome;
    }
    return true;
  }
  void run_until_idle() {
    while (step()) {
    }
  }
  /// Runs one command alone; the time it took.
  Picoseconds alone(DiskOperation operation, std::uint64_t block, std::uint64_t count = 1) {
    const Picoseconds start = now;
    submit(operation, 0, block, count);
    run_until_idle();
    EXPECT_EQ(outcome[0], DiskOutcome::ok);
    return ended[0] - start;
  }
  void expect_laws() const { testing::expect_laws_hold(controller.stats()); }

  VectorMemory memory;
  DiskController controller;
  Picoseconds now;
  std::vector<std::uint32_t> order;  ///< tags in order of completion
  std::map<std::uint32_t, Picoseconds> ended;
  std::map<std::uint32_t, DiskOutcome> outcome;
};

/// Round numbers: 10 us overhead, link 4096 MB/s (1 us a block) plus 2 us a command, 8 channels,
/// 50 us read, 200 us program, 4 us page transfer.
inline SwapDiskConfig round_ssd() {
  SwapDiskConfig config;
  config.capacity = mebibytes(16);
  config.queue_depth = 64;
  config.command_overhead = microseconds(10);
  config.link_bandwidth = 4096;
  config.link_overhead = microseconds(2);
  config.ssd = {8, microseconds(50), microseconds(200), 1024};
  return config;
}

inline SwapDiskConfig preset(DiskPreset name) {
  SwapDiskConfig config;
  config.preset = name;
  config.apply_preset();
  return config;
}

}  // namespace tlmmu::testing
