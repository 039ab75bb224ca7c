// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <map>
#include <set>
#include <vector>

#include "firmware/kernel/machine.h"
#include "firmware/kernel/vm/software_pte.h"

namespace tlmmu::kernel::testing {

/// Told of each write of a PTE, before it is done.
class PteObserver {
 public:
  virtual void pte_written(PhysicalAddress entry, Pte before, Pte after) = 0;

 protected:
  ~PteObserver() = default;
};

/// A machine in a few maps: memory and disk contents are real, transfers end when the test says so.
/// It fails the test where the kernel breaks a rule of hardware: memory given away while a TLB
/// still maps it, a DMA without cache maintenance, more transfers than the queue holds.
class FakeMachine final : public Machine {
 public:
  using Page = std::array<std::uint64_t, 512>;
  struct TlbEntry {
    PhysicalAddress entry;
    Pte pte;
    unsigned shift = 0;  ///< of its size, in base pages

    std::uint64_t frames() const { return std::uint64_t{1} << shift; }
    Ppn frame_of(std::uint64_t page) const { return Ppn(pte.ppn().value() + page % frames()); }
  };
  struct TlbKey {
    std::uint16_t asid;
    std::uint64_t page;
    bool operator<(const TlbKey& o) const { return asid != o.asid ? asid < o.asid : page < o.page; }
  };

  std::map<std::uint64_t, Page> memory;  // by frame number
  std::map<std::uint64_t, Page> disk;    // by block
  std::map<TlbKey, TlbEntry> tlb;
  std::deque<DiskTransfer> queue;
  std::size_t depth = 1000;
  unsigned pte_bytes = 8;
  PteObserver* observer = nullptr;
  bool blank_disk = false;  // else a block that was never written holds its number
  std::set<std::uint64_t> bad_reads, bad_writes;  // blocks
  std::vector<Fence> fences;
  std::vector<FaultReport> faults;
  std::vector<KillReport> kills;
  std::vector<DiskTransfer> started;
  std::array<std::uint64_t, kOperations> charges{};
  std::uint64_t pte_reads = 0;
  Picoseconds time;

  Page& frame(Ppn number) { return memory[number.value()]; }
  Page& block(DiskBlock number) {
    const auto [found, fresh] = disk.try_emplace(number.value());
    if (fresh) found->second.fill(blank_disk ? 0 : 0xd15c'0000 + number.value());
    return found->second;
  }

  Pte read_pte(PhysicalAddress entry) override {
    ++pte_reads;
    return pte_at(entry);
  }
  /// Without being counted.
  Pte pte_at(PhysicalAddress entry) { return Pte((word(entry) >> shift_of(entry)) & pte_mask()); }
  void write_pte(PhysicalAddress entry, Pte pte) override;
  /// Without being observed.
  void overwrite_pte(PhysicalAddress entry, Pte pte);
  void zero_frame(Ppn number) override;
  void copy_frame(FrameCopy copy) override;
  void fence(const Fence& fence) override;
  void dma_sync_for_device(Ppn number, TransferDirection direction) override;
  void dma_sync_for_cpu(Ppn number, TransferDirection) override;
  Submission start_transfer(const DiskTransfer& transfer) override;
  Picoseconds now() override { return time; }
  void charge(Operation operation) override { ++charges[static_cast<unsigned>(operation)]; }
  void fault_handled(const FaultReport& report) override { faults.push_back(report); }
  void process_killed(const KillReport& report) override { kills.push_back(report); }

  /// Moves the data of the transfer at `position` of the queue, takes it out, and says how it
  /// ended.
  std::pair<DiskTag, TransferResult> finish(std::size_t position = 0);

 private:
  std::uint64_t& word(PhysicalAddress address);
  std::uint64_t pte_mask() const { return ~std::uint64_t{0} >> (64 - 8 * pte_bytes); }
  static unsigned shift_of(PhysicalAddress entry) {
    return static_cast<unsigned>(entry.value() % 8) * 8;
  }
  void expect_unmapped(Ppn number) const;

  // Stores while the disk reads the frame must not pass unseen.
  void expect_clean(Ppn number) const;

  std::map<std::uint64_t, TransferDirection> synced_;
};

}  // namespace tlmmu::kernel::testing
