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
  void write_pte(PhysicalAddress entry, Pte pte) override {
    if (observer != nullptr) observer->pte_written(entry, pte_at(entry), pte);
    overwrite_pte(entry, pte);
  }
  /// Without being observed.
  void overwrite_pte(PhysicalAddress entry, Pte pte) {
    EXPECT_EQ(pte.raw() & ~pte_mask(), 0U) << "a PTE that does not fit";
    std::uint64_t& all = word(entry);
    all = (all & ~(pte_mask() << shift_of(entry))) | (pte.raw() << shift_of(entry));
  }
  void zero_frame(Ppn number) override {
    expect_unmapped(number);
    frame(number).fill(0);
  }
  void copy_frame(FrameCopy copy) override {
    expect_unmapped(copy.to);
    frame(copy.to) = frame(copy.from);
  }
  void fence(const Fence& fence) override {
    fences.push_back(fence);
    for (auto entry = tlb.begin(); entry != tlb.end();) {
      const std::uint64_t reach = entry->second.frames();
      const bool named = (!fence.asid || fence.asid->value() == entry->first.asid) &&
                         (!fence.vpn || fence.vpn->value() / reach == entry->first.page / reach);
      entry = named ? tlb.erase(entry) : std::next(entry);
    }
  }
  void dma_sync_for_device(Ppn number, TransferDirection direction) override {
    direction == TransferDirection::read ? expect_unmapped(number) : expect_clean(number);
    synced_[number.value()] = direction;
  }
  void dma_sync_for_cpu(Ppn number, TransferDirection) override {
    EXPECT_EQ(synced_.erase(number.value()), 1U) << "frame given back that no device had";
  }
  Submission start_transfer(const DiskTransfer& transfer) override {
    if (queue.size() == depth) return Submission::queue_full;
    EXPECT_TRUE(synced_.count(transfer.frame.value()) == 1 &&
                synced_[transfer.frame.value()] == transfer.direction)
        << "DMA without cache maintenance";
    queue.push_back(transfer);
    started.push_back(transfer);
    return Submission::accepted;
  }
  Picoseconds now() override { return time; }
  void charge(Operation operation) override { ++charges[static_cast<unsigned>(operation)]; }
  void fault_handled(const FaultReport& report) override { faults.push_back(report); }
  void process_killed(const KillReport& report) override { kills.push_back(report); }

  /// Moves the data of the transfer at `position` of the queue, takes it out, and says how it
  /// ended.
  std::pair<DiskTag, TransferResult> finish(std::size_t position = 0) {
    const DiskTransfer transfer = queue.at(position);
    queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(position));
    const bool read = transfer.direction == TransferDirection::read;
    const bool bad = (read ? bad_reads : bad_writes).count(transfer.block.value()) != 0;
    if (!bad && read) frame(transfer.frame) = block(transfer.block);
    if (!bad && !read) block(transfer.block) = frame(transfer.frame);
    return {transfer.tag, bad ? TransferResult::error : TransferResult::ok};
  }

 private:
  std::uint64_t& word(PhysicalAddress address) {
    if (address.value() % pte_bytes != 0) ADD_FAILURE() << "a PTE that is not aligned";
    return frame(address.page())[address.page_offset().value() / 8];
  }
  std::uint64_t pte_mask() const { return ~std::uint64_t{0} >> (64 - 8 * pte_bytes); }
  static unsigned shift_of(PhysicalAddress entry) {
    return static_cast<unsigned>(entry.value() % 8) * 8;
  }
  void expect_unmapped(Ppn number) const {
    for (const auto& [key, cached] : tlb) {
      const std::uint64_t inside = number.value() - cached.pte.ppn().value();
      if (inside >= cached.frames()) continue;
      ADD_FAILURE() << "a TLB still maps page " << key.page << " to frame " << number.value();
    }
  }

  // Stores while the disk reads the frame must not pass unseen.
  void expect_clean(Ppn number) const {
    for (const auto& [key, cached] : tlb) {
      const std::uint64_t inside = number.value() - cached.pte.ppn().value();
      if (inside >= cached.frames() || !cached.pte.flags().d()) continue;
      ADD_FAILURE() << "a TLB lets stores to page " << key.page << " pass without D being set";
    }
  }

  std::map<std::uint64_t, TransferDirection> synced_;
};

}  // namespace tlmmu::kernel::testing
