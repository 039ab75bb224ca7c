// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <deque>

#include "models/kernel/kernel_memory.h"

namespace tlmmu::kernel {

/// Memory in one piece and a disk without contents: nearly nothing is added to the kernel's own
/// cost.
class FlatMachine final : public Machine {
 public:
  static constexpr PhysicalAddress kBase{0x8000'0000};

  explicit FlatMachine(Bytes size) : memory_(size.value()) {}

  std::deque<DiskTag> under_way;
  Picoseconds time;

  Pte read_pte(PhysicalAddress entry) override { return Pte(word(entry)); }
  void write_pte(PhysicalAddress entry, Pte pte) override { word(entry) = pte.raw(); }
  // Contents are not what is measured; tables must be zero.
  void zero_frame(Ppn frame) override {
    std::uint64_t* first = &word(address_of(frame));
    std::fill(first, first + 512, 0);
  }
  void copy_frame(FrameCopy) override {}
  void fence(const Fence&) override {}
  void dma_sync_for_device(Ppn, TransferDirection) override {}
  void dma_sync_for_cpu(Ppn, TransferDirection) override {}
  Submission start_transfer(const DiskTransfer& transfer) override {
    under_way.push_back(transfer.tag);
    return Submission::accepted;
  }
  Picoseconds now() override { return time; }
  void charge(Operation) override {}
  void fault_handled(const FaultReport&) override {}
  void process_killed(const KillReport&) override {}

 private:
  std::uint64_t& word(PhysicalAddress address) {
    return static_cast<std::uint64_t*>(memory_.data())[(address - kBase).value() / 8];
  }
  LazyMemory memory_;
};

inline Settings flat_settings(std::uint64_t frames) {
  Settings settings;
  settings.memory_base = FlatMachine::kBase;
  settings.memory_size = kPageBytes * frames;
  settings.disk.blocks = 4 * frames;
  return settings;
}

struct KernelOnFlatMachine {
  explicit KernelOnFlatMachine(const Settings& settings)
      : machine(settings.memory_size),
        memory(settings, 60'000),
        kernel(machine, settings, memory.storage()) {}
  void finish_transfers() {
    while (!machine.under_way.empty()) {
      const DiskTag tag = machine.under_way.front();
      machine.under_way.pop_front();
      kernel.disk_done(tag, TransferResult::ok);
    }
  }
  FlatMachine machine;
  KernelMemory memory;
  Kernel kernel;
};

}  // namespace tlmmu::kernel
