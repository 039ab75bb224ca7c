// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel.h"
#include "testbenches/kernel/fake_machine.h"
#include "testbenches/kernel/kernel_tables.h"

namespace tlmmu::kernel::testing {

constexpr PhysicalAddress kMemoryBase{0x8000'0000};

/// Who sets A and D: the walker, or the kernel after a fault (Svade).
enum class AdUpdate : std::uint8_t { hardware, fault };

inline Settings settings_of(std::uint64_t frames, std::uint64_t watermark_min = 0) {
  Settings settings;
  settings.memory_base = kMemoryBase;
  settings.memory_size = kPageBytes * frames;
  settings.disk.blocks = 4096;
  settings.watermarks = Watermarks::from_min(watermark_min);
  return settings;
}

/// The kernel on a fake machine, with a CPU that translates through a TLB of any size.
class KernelBench {
 public:
  explicit KernelBench(const Settings& settings, std::uint32_t processes = 8)
      : tables_(settings, processes), kernel(machine, settings, tables_.storage()) {
    machine.pte_bytes = paging_mode(settings.mode).pte_bytes;
  }

  FakeMachine machine;

 private:
  KernelTables tables_;

 public:
  Kernel kernel;
  AdUpdate ad_update = AdUpdate::hardware;

  ProcessId start() {
    const auto id = kernel.create_process();
    EXPECT_TRUE(id.has_value());
    return id.value_or(ProcessId(0));
  }

  /// One attempt of an access by hardware: the word's place, or nothing where it page-faults.
  std::uint64_t* attempt(const FaultRequest& request);

  /// Ends the transfer at `position` of the queue.
  void finish_transfer(std::size_t position = 0) {
    const auto [tag, result] = machine.finish(position);
    kernel.disk_done(tag, result);
  }
  void finish_all_transfers() {
    while (!machine.queue.empty()) finish_transfer();
  }

  /// The access as a lone process sees it: faults are handled, transfers end at once. Null if the
  /// process was killed.
  std::uint64_t* access(ProcessId process, std::uint64_t address, AccessType type);
  std::uint64_t load(ProcessId p, std::uint64_t a) {
    return value_of(access(p, a, AccessType::load));
  }
  std::uint64_t fetch(ProcessId p, std::uint64_t a) {
    return value_of(access(p, a, AccessType::fetch));
  }
  void store(ProcessId process, std::uint64_t address, std::uint64_t value) {
    std::uint64_t* word = access(process, address, AccessType::store);
    if (word != nullptr) *word = value;
  }

  /// A system call as a lone process makes it: repeated while the answer is `blocked`.
  template <class Call>
  CallAnswer call(ProcessId process, Call body) {
    for (int tries = 0; tries < 1000; ++tries) {
      if (!run_until(process)) return {FaultAnswer::killed, CallError::none, 0};
      const CallAnswer answer = body();
      if (answer.answer != FaultAnswer::blocked) return answer;
    }
    ADD_FAILURE() << "the call makes no progress";
    return {};
  }

  const Counters& counters() const { return kernel.state().counters; }
  std::uint64_t faults(FaultKind kind) const {
    return counters().faults[static_cast<unsigned>(kind)];
  }
  FrameCounts frame_counts() const { return kernel.state().frames.counts(); }
  /// The leaf PTE of an address by a walk of the tables; 0 where a table is missing.
  Pte leaf(ProcessId process, std::uint64_t address);
  PhysicalAddress leaf_entry(ProcessId process, std::uint64_t address) {
    return find_leaf(process, address).entry;
  }
  struct FoundLeaf {
    PhysicalAddress entry;
    unsigned level;
  };
  FoundLeaf find_leaf(ProcessId process, std::uint64_t address);

  /// Others run and transfers end until `process` has the CPU; false if it was killed.
  bool run_until(ProcessId process);

 private:
  static std::uint64_t value_of(const std::uint64_t* word) {
    EXPECT_NE(word, nullptr) << "killed";
    return word == nullptr ? 0 : *word;
  }
};

}  // namespace tlmmu::kernel::testing
