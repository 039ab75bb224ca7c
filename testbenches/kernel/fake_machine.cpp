// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/fake_machine.h"

namespace tlmmu::kernel::testing {

void FakeMachine::write_pte(PhysicalAddress entry, Pte pte) {
  if (observer != nullptr) observer->pte_written(entry, pte_at(entry), pte);
  overwrite_pte(entry, pte);
}

void FakeMachine::overwrite_pte(PhysicalAddress entry, Pte pte) {
  EXPECT_EQ(pte.raw() & ~pte_mask(), 0U) << "a PTE that does not fit";
  std::uint64_t& all = word(entry);
  all = (all & ~(pte_mask() << shift_of(entry))) | (pte.raw() << shift_of(entry));
}

void FakeMachine::zero_frame(Ppn number) {
  expect_unmapped(number);
  frame(number).fill(0);
}

void FakeMachine::copy_frame(FrameCopy copy) {
  expect_unmapped(copy.to);
  frame(copy.to) = frame(copy.from);
}

void FakeMachine::fence(const Fence& fence) {
  fences.push_back(fence);
  for (auto entry = tlb.begin(); entry != tlb.end();) {
    const std::uint64_t reach = entry->second.frames();
    const bool named = (!fence.asid || fence.asid->value() == entry->first.asid) &&
                       (!fence.vpn || fence.vpn->value() / reach == entry->first.page / reach);
    entry = named ? tlb.erase(entry) : std::next(entry);
  }
}

void FakeMachine::dma_sync_for_device(Ppn number, TransferDirection direction) {
  direction == TransferDirection::read ? expect_unmapped(number) : expect_clean(number);
  synced_[number.value()] = direction;
}

void FakeMachine::dma_sync_for_cpu(Ppn number, TransferDirection) {
  EXPECT_EQ(synced_.erase(number.value()), 1U) << "frame given back that no device had";
}

Submission FakeMachine::start_transfer(const DiskTransfer& transfer) {
  if (queue.size() == depth) return Submission::queue_full;
  EXPECT_TRUE(synced_.count(transfer.frame.value()) == 1 &&
              synced_[transfer.frame.value()] == transfer.direction)
      << "DMA without cache maintenance";
  queue.push_back(transfer);
  started.push_back(transfer);
  return Submission::accepted;
}

std::pair<DiskTag, TransferResult> FakeMachine::finish(std::size_t position) {
  const DiskTransfer transfer = queue.at(position);
  queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(position));
  const bool read = transfer.direction == TransferDirection::read;
  const bool bad = (read ? bad_reads : bad_writes).count(transfer.block.value()) != 0;
  if (!bad && read) frame(transfer.frame) = block(transfer.block);
  if (!bad && !read) block(transfer.block) = frame(transfer.frame);
  return {transfer.tag, bad ? TransferResult::error : TransferResult::ok};
}

std::uint64_t& FakeMachine::word(PhysicalAddress address) {
  if (address.value() % pte_bytes != 0) ADD_FAILURE() << "a PTE that is not aligned";
  return frame(address.page())[address.page_offset().value() / 8];
}

void FakeMachine::expect_unmapped(Ppn number) const {
  for (const auto& [key, cached] : tlb) {
    const std::uint64_t inside = number.value() - cached.pte.ppn().value();
    if (inside >= cached.frames()) continue;
    ADD_FAILURE() << "a TLB still maps page " << key.page << " to frame " << number.value();
  }
}

void FakeMachine::expect_clean(Ppn number) const {
  for (const auto& [key, cached] : tlb) {
    const std::uint64_t inside = number.value() - cached.pte.ppn().value();
    if (inside >= cached.frames() || !cached.pte.flags().d()) continue;
    ADD_FAILURE() << "a TLB lets stores to page " << key.page << " pass without D being set";
  }
}

}  // namespace tlmmu::kernel::testing
