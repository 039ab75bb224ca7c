// SPDX-License-Identifier: Apache-2.0
// PMP, fences while a walk is under way, and page sizes, through TLBs and walker.
#include <gtest/gtest.h>

#include "testbenches/mmu/virtual_machine_bench.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using testing::expect_laws_hold;
using testing::VirtualMachineBench;

constexpr VirtualAddress kAddress{0x1234'5678};
constexpr Ppn kFrame{0x777};

/// The G stage's tables serve as a hart's own, whose upper half of the root is not used.
class SingleStageMmu : public ::testing::Test {
 protected:
  explicit SingleStageMmu(const MmuConfig& config = {}) : bench("bench", config) {
    bench.request.stages = Stages::single;
    bench.request.guest = {};
    bench.request.space = bench.tables.g().space(Asid(1));
    bench.request.space.mode = PagingModeName::sv39;
  }
  PhysicalAddress map(VirtualAddress address, Ppn frame, PageSize size = PageSize::k4KiB) {
    return bench.tables.g().map(address, frame, size);
  }
  std::optional<ExceptionCause> fault_of(AccessType type, VirtualAddress address = kAddress) {
    return bench.translate(address, type).fault;
  }

  VirtualMachineBench bench;
};

/// A PMP that allows everything, but in the 4 KiB at `page` only what the bits X W R of `allowed`
/// say.
Pmp with_hole(Ppn page, std::uint8_t allowed) {
  Pmp pmp;
  pmp.write_addr(0, page.value() << 10U | low_mask(9));  // NAPOT of 4 KiB
  pmp.write_cfg(0, static_cast<std::uint8_t>(0x18U | allowed));
  pmp.write_addr(1, low_mask(54));
  pmp.write_cfg(1, 0x1f);
  return pmp;
}

TEST_F(SingleStageMmu, a_pte_that_pmp_denies_is_an_access_fault_of_the_original_type) {
  const PhysicalAddress leaf = map(kAddress, kFrame);
  const Pmp pmp = with_hole(leaf.page(), 0b110);  // W and X, but no R
  bench.mmu.protect(pmp);
  EXPECT_EQ(fault_of(AccessType::load), ExceptionCause::load_access_fault);
  EXPECT_EQ(fault_of(AccessType::store), ExceptionCause::store_access_fault);
  EXPECT_EQ(fault_of(AccessType::fetch), ExceptionCause::instruction_access_fault);
  expect_laws_hold(bench.mmu);
}

TEST_F(SingleStageMmu, an_update_that_pmp_denies_is_an_access_fault_and_writes_nothing) {
  const PhysicalAddress leaf = map(kAddress, kFrame);
  const Pte clean = bench.tables.read(leaf)->without_flags(PteFlags::kD);
  bench.tables.write(leaf, clean);
  const Pmp pmp = with_hole(leaf.page(), 0b001);
  bench.mmu.protect(pmp);
  EXPECT_FALSE(fault_of(AccessType::load));
  EXPECT_EQ(fault_of(AccessType::store), ExceptionCause::store_access_fault);
  EXPECT_EQ(bench.tables.read(leaf), clean);
  EXPECT_FALSE(fault_of(AccessType::load));
  expect_laws_hold(bench.mmu);
}

TEST_F(SingleStageMmu, a_walk_that_a_fence_overtakes_answers_but_is_not_kept) {
  const PhysicalAddress leaf = map(kAddress, kFrame);
  bool fenced = false;
  bench.before_access = [&](PhysicalAddress at) {
    if (at != leaf || fenced) return;
    fenced = true;
    // Software changes the page-table tree and says so while the walk is in the middle of it.
    bench.fence({});
  };
  EXPECT_FALSE(fault_of(AccessType::load));
  EXPECT_TRUE(fenced);
  bench.before_access = nullptr;
  EXPECT_EQ(bench.accesses_of(kAddress), 3U) << "neither the page nor a pointer was kept";
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
  expect_laws_hold(bench.mmu);
}

TEST_F(SingleStageMmu, a_stale_translation_never_outlives_the_fence_that_overtook_its_walk) {
  const PhysicalAddress leaf = map(kAddress, kFrame);
  const Pte moved(Ppn(0x888), bench.tables.read(leaf)->flags());
  bool done = false;
  bench.after_access = [&](PhysicalAddress at) {
    if (at != leaf || done) return;
    // The walk has just read the leaf; software changes it and fences before the walk has ended.
    done = true;
    bench.tables.write(leaf, moved);
    bench.fence({kAddress.page()});
  };
  bench.translate(kAddress);
  EXPECT_TRUE(done);
  EXPECT_EQ(bench.translate(kAddress).physical.page(), Ppn(0x888));
  expect_laws_hold(bench.mmu);
}

TEST_F(SingleStageMmu, a_napot_page_is_reserved_on_a_hart_without_svnapot) {
  bench.tables.g().map_64kib(kAddress, Ppn(0x7770));
  EXPECT_EQ(fault_of(AccessType::load), ExceptionCause::load_page_fault);
}

MmuConfig napot_config() {
  MmuConfig config;
  config.ptw.svnapot = Extension::present;
  config.l1_dtlb.page_sizes = PageSizeSet().with(PageSize::k64KiB).with(PageSize::k2MiB);
  config.l2_tlb.page_sizes = config.l1_dtlb.page_sizes;
  return config;
}

class NapotMmu : public SingleStageMmu {
 protected:
  NapotMmu() : SingleStageMmu(napot_config()) {}
};

TEST_F(NapotMmu, one_entry_answers_for_64_kib) {
  bench.tables.g().map_64kib(kAddress, Ppn(0x7770));
  EXPECT_EQ(bench.accesses_of(kAddress), 3U);
  EXPECT_EQ(bench.request.reply.translation.size, PageSize::k64KiB);
  const VirtualAddress last(kAddress.value() | 0xffff);
  EXPECT_EQ(bench.accesses_of(last), 0U);
  EXPECT_EQ(bench.request.reply.physical, address_of(Ppn(0x7770)) + Bytes(0xffff));
}

TEST_F(NapotMmu, a_fence_of_any_address_in_it_removes_the_whole_entry) {
  bench.tables.g().map_64kib(kAddress, Ppn(0x7770));
  bench.translate(kAddress);
  bench.fence({VirtualAddress(kAddress.value() | 0xffff).page()});
  EXPECT_GT(bench.accesses_of(kAddress), 0U);
  bench.fence({VirtualAddress((kAddress.value() | 0xffff) + 1).page()});
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
}

TEST_F(NapotMmu, a_fence_of_any_address_in_a_superpage_removes_the_whole_entry) {
  map(kAddress, Ppn(0x200), PageSize::k2MiB);
  bench.translate(kAddress);
  bench.fence({VirtualAddress(kAddress.value() ^ 0x1f'f000).page()});
  EXPECT_GT(bench.accesses_of(kAddress), 0U);
}

}  // namespace
}  // namespace tlmmu
