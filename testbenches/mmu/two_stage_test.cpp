// SPDX-License-Identifier: Apache-2.0
// A virtual machine's translations through TLBs and walker.
#include <gtest/gtest.h>

#include "testbenches/mmu/virtual_machine_bench.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using testing::expect_laws_hold;
using testing::kUserPage;
using testing::TwoStageTables;
using testing::VirtualMachineBench;

constexpr VirtualAddress kAddress{0x1234'5678};
constexpr Ppn kFrame{0x777};
constexpr auto kMega = std::uint64_t{1} << 21U;

/// Without second level and walker caches, so that a number of PTE accesses says what hit.
MmuConfig bare_config(TwoStageCaching caching = TwoStageCaching::combined) {
  MmuConfig config;
  config.l2_tlb.enabled = false;
  config.l1_dtlb.two_stage_caching = caching;
  config.l1_itlb.two_stage_caching = caching;
  for (WalkCacheConfig* cache : {&config.ptw.walk_cache, &config.ptw.g_stage.walk_cache}) {
    *cache = {{0, 1}, {0, 1}, {0, 1}, {0, 1}};
  }
  config.ptw.g_stage.tlb = {0, 1};
  return config;
}
MmuConfig separate_config() {
  return bare_config(TwoStageCaching::separate);
}

Fence hfence_gvma(std::optional<PhysicalAddress> guest = std::nullopt) {
  Fence fence;
  fence.kind = FenceKind::hfence_gvma;
  if (guest) fence.vpn = Vpn(guest->page().value());
  return fence;
}
Fence hfence_vvma(std::optional<VirtualAddress> address = std::nullopt,
                  std::optional<Asid> asid = std::nullopt, Vmid vmid = Vmid(1)) {
  Fence fence{std::nullopt, asid, FenceKind::hfence_vvma, vmid};
  if (address) fence.vpn = address->page();
  return fence;
}

TEST(TwoStageMmu, a_first_access_reads_15_ptes_of_sv39_over_sv39x4_and_a_second_none) {
  VirtualMachineBench bench("bench", bare_config());
  bench.tables.map(kAddress, kFrame);
  EXPECT_EQ(bench.accesses_of(kAddress), 15U);
  EXPECT_EQ(bench.request.reply.physical,
            address_of(TwoStageTables::host(kFrame)) + kAddress.page_offset());
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
  EXPECT_EQ(bench.request.reply.physical,
            address_of(TwoStageTables::host(kFrame)) + kAddress.page_offset());
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, separate_caching_gives_the_same_answer_and_hits_in_both_stages) {
  VirtualMachineBench bench("bench", separate_config());
  bench.tables.map(kAddress, kFrame);
  EXPECT_EQ(bench.accesses_of(kAddress), 15U);
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
  EXPECT_EQ(bench.request.reply.physical,
            address_of(TwoStageTables::host(kFrame)) + kAddress.page_offset());
  EXPECT_EQ(bench.request.stages, Stages::both);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, after_hfence_gvma_separate_caching_walks_the_g_stage_only) {
  VirtualMachineBench bench("bench", separate_config());
  bench.tables.map(kAddress, kFrame);
  bench.translate(kAddress);
  bench.fence(hfence_gvma());
  EXPECT_EQ(bench.accesses_of(kAddress), 3U);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, after_hfence_gvma_combined_caching_walks_both_stages) {
  VirtualMachineBench bench("bench", bare_config());
  bench.tables.map(kAddress, kFrame);
  bench.translate(kAddress);
  bench.fence(hfence_gvma(address_of(Ppn(0x1))));  // which page it was is forgotten
  EXPECT_EQ(bench.accesses_of(kAddress), 15U);
}

TEST(TwoStageMmu, hfence_gvma_of_another_page_leaves_separate_entries) {
  VirtualMachineBench bench("bench", separate_config());
  bench.tables.map(kAddress, kFrame);
  bench.translate(kAddress);
  bench.fence(hfence_gvma(address_of(Ppn(0x1))));
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
  bench.fence(hfence_gvma(address_of(kFrame)));
  EXPECT_EQ(bench.accesses_of(kAddress), 3U);
}

TEST(TwoStageMmu, sfence_vma_leaves_a_virtual_machines_translations) {
  VirtualMachineBench bench("bench", bare_config());
  bench.tables.map(kAddress, kFrame);
  bench.translate(kAddress);
  bench.fence({});
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
}

TEST(TwoStageMmu, hfence_vvma_is_of_one_virtual_machine_and_of_an_asid_if_it_says_so) {
  VirtualMachineBench bench("bench", bare_config());
  bench.tables.map(kAddress, kFrame);
  bench.translate(kAddress);
  bench.fence(hfence_vvma(std::nullopt, std::nullopt, Vmid(2)));
  bench.fence(hfence_vvma(std::nullopt, Asid(2)));
  bench.fence(hfence_vvma(kAddress + kPageBytes));
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
  bench.fence(hfence_vvma(kAddress, Asid(1)));
  EXPECT_EQ(bench.accesses_of(kAddress), 15U);
}

TEST(TwoStageMmu, virtual_machines_with_the_same_asid_are_apart) {
  VirtualMachineBench bench("bench", bare_config());
  bench.tables.map(kAddress, kFrame);
  bench.translate(kAddress);
  bench.request.guest.vmid = Vmid(2);
  EXPECT_EQ(bench.accesses_of(kAddress), 15U);
  bench.request.stages = Stages::single;
  bench.request.space.root = Ppn(0x9'9999);  // no memory is there
  EXPECT_EQ(bench.translate(kAddress).fault, ExceptionCause::load_access_fault);
}

TEST(TwoStageMmu, a_fence_of_any_address_in_a_guest_superpage_removes_every_piece_of_it) {
  VirtualMachineBench bench("bench", bare_config());
  const VirtualAddress mega(8 * kMega);
  const VirtualAddress other = mega + 5 * kPageBytes;
  bench.tables.map(mega, Ppn(0x800), PageSize::k2MiB);  // the G stage maps it in 4 KiB pages
  bench.tables.map_guest(Ppn(0x805));
  bench.translate(mega);
  EXPECT_EQ(bench.request.reply.translation.size, PageSize::k4KiB);
  bench.translate(other);
  EXPECT_EQ(bench.accesses_of(mega), 0U);
  bench.fence(hfence_vvma(other));
  EXPECT_GT(bench.accesses_of(mega), 0U);
  bench.fence(hfence_vvma(mega + 100 * kPageBytes));
  EXPECT_GT(bench.accesses_of(other), 0U);
}

TEST(TwoStageMmu, a_page_that_the_g_stage_lacks_is_a_guest_page_fault_with_its_address) {
  VirtualMachineBench bench("bench", MmuConfig());
  bench.tables.map(kAddress, kFrame);
  bench.tables.vs().map(kAddress + kPageBytes, Ppn(0x999));
  bench.translate(kAddress + kPageBytes, AccessType::store);
  EXPECT_EQ(bench.request.reply.fault, ExceptionCause::store_guest_page_fault);
  EXPECT_EQ(bench.request.reply.guest_address,
            GuestPhysicalAddress(0x999'000 + kAddress.page_offset().value()));
  bench.translate(kAddress + kPageBytes, AccessType::fetch);
  EXPECT_EQ(bench.request.reply.fault, ExceptionCause::instruction_guest_page_fault);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, a_hit_that_the_g_stage_forbids_is_a_guest_page_fault_too) {
  VirtualMachineBench bench("bench", bare_config());
  constexpr PteFlags kReadOnly(kUserPage.raw() & ~PteFlags::kW);
  bench.tables.vs().map(kAddress, kFrame);
  bench.tables.map_guest(kFrame, PageSize::k4KiB, kReadOnly);
  bench.tables.map(VirtualAddress(0), Ppn(1));  // maps the guest's tables
  EXPECT_FALSE(bench.translate(kAddress).fault);
  EXPECT_EQ(bench.translate(kAddress, AccessType::store).fault,
            ExceptionCause::store_guest_page_fault);
  EXPECT_EQ(bench.request.reply.guest_address.page(), Gpn(kFrame.value()));
  EXPECT_FALSE(bench.translate(kAddress).fault);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, a_hit_obeys_todays_privilege_and_mxr_of_both_stages) {
  VirtualMachineBench bench("bench", bare_config());
  constexpr PteFlags kExecuteOnly(kUserPage.raw() & ~(PteFlags::kR | PteFlags::kW));
  bench.tables.vs().map(kAddress, kFrame);
  bench.tables.map_guest(kFrame, PageSize::k4KiB, kExecuteOnly);
  bench.tables.map(VirtualAddress(0), Ppn(1));
  bench.request.context.mxr = Mxr::on;
  EXPECT_EQ(bench.translate(kAddress).fault, ExceptionCause::load_guest_page_fault);
  bench.request.context.g_stage_mxr = Mxr::on;
  EXPECT_FALSE(bench.translate(kAddress).fault);
  bench.request.context.g_stage_mxr = Mxr::off;
  EXPECT_EQ(bench.translate(kAddress).fault, ExceptionCause::load_guest_page_fault);
  bench.request.context.g_stage_mxr = Mxr::on;
  bench.request.context.privilege = Privilege::supervisor;
  EXPECT_EQ(bench.translate(kAddress).fault, ExceptionCause::load_page_fault);
  bench.request.context.sum = Sum::permitted;
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
  EXPECT_FALSE(bench.request.reply.fault);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, a_store_sets_d_in_both_stages) {
  VirtualMachineBench bench("bench", bare_config());
  constexpr PteFlags kClean(kUserPage.raw() & ~PteFlags::kD);
  const PhysicalAddress leaf = bench.tables.vs().map(kAddress, kFrame, PageSize::k4KiB, kClean);
  bench.tables.map_guest(kFrame, PageSize::k4KiB, kClean);
  bench.tables.map(VirtualAddress(0), Ppn(1));
  bench.translate(kAddress);
  EXPECT_FALSE(bench.tables.vs().read(leaf)->flags().d());
  bench.translate(kAddress, AccessType::store);
  EXPECT_TRUE(bench.tables.vs().read(leaf)->flags().d());
  const VirtualAddress guest(address_of(kFrame).value());
  EXPECT_TRUE(bench.tables.g().read(bench.tables.g().pte_at(guest, 0))->flags().d());
  EXPECT_EQ(bench.accesses_of(kAddress, AccessType::store), 0U);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, with_vsatp_bare_only_the_g_stage_counts) {
  VirtualMachineBench bench("bench", bare_config());
  bench.tables.map_guest(kFrame);
  bench.request.space.mode = PagingModeName::bare;
  bench.request.stages = Stages::g;
  const VirtualAddress guest(address_of(kFrame).value() + 0x123);
  bench.request.context.privilege = Privilege::supervisor;
  EXPECT_EQ(bench.accesses_of(guest), 3U);
  EXPECT_EQ(bench.request.reply.physical, TwoStageTables::host(PhysicalAddress(guest.value())));
  EXPECT_EQ(bench.accesses_of(guest), 0U);
  EXPECT_FALSE(bench.request.reply.fault);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, the_g_stage_tlb_spares_the_g_stage_of_the_guests_tables) {
  MmuConfig config = bare_config();
  config.ptw.g_stage.tlb = {16, 16};
  VirtualMachineBench bench("bench", config);
  bench.tables.map(kAddress, kFrame);
  bench.tables.map(kAddress + kPageBytes, Ppn(0x778));
  EXPECT_EQ(bench.accesses_of(kAddress), 15U);
  // three PTEs of the guest, and the G stage of the new page
  EXPECT_EQ(bench.accesses_of(kAddress + kPageBytes), 6U);
  EXPECT_EQ(bench.mmu.ptw().stats().g_stage.tlb.hits, 3U);
  bench.fence(hfence_gvma());
  bench.fence(hfence_vvma());
  EXPECT_EQ(bench.accesses_of(kAddress + kPageBytes), 15U);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, the_g_stage_walk_cache_spares_its_upper_levels) {
  MmuConfig config = bare_config();
  config.ptw.g_stage.walk_cache = {{8, 8}, {8, 8}, {8, 8}, {8, 8}};
  VirtualMachineBench bench("bench", config);
  bench.tables.map(kAddress, kFrame);
  // one G-stage walk from the root; where the table is known, one read: the guest's tables and the
  // page lie in two regions of 2 MiB and one of 1 GiB
  EXPECT_EQ(bench.accesses_of(kAddress), 3U + 3U + (1U + 1U + 2U));
  // the neighbor is not mapped: three guest PTEs, each after the last PTE of its G stage
  EXPECT_EQ(bench.accesses_of(kAddress + kPageBytes), 3U + 3U);
  EXPECT_EQ(bench.request.reply.fault, ExceptionCause::load_page_fault);
  expect_laws_hold(bench.mmu);
}

TEST(TwoStageMmu, a_fence_while_a_walk_is_under_way_leaves_nothing_behind) {
  VirtualMachineBench bench("bench", MmuConfig());
  bench.tables.map(kAddress, kFrame);
  unsigned access = 0;
  bench.before_access = [&](PhysicalAddress) {
    if (++access == 7) {
      bench.fence(hfence_gvma());
      bench.fence(hfence_vvma());
    }
  };
  EXPECT_FALSE(bench.translate(kAddress).fault);
  EXPECT_GT(bench.mmu.ptw().stats().overtaken, 0U);
  const unsigned again = bench.accesses_of(kAddress);
  EXPECT_EQ(bench.accesses_of(kAddress), 0U);
  bench.fence(hfence_gvma());
  bench.fence(hfence_vvma());
  EXPECT_EQ(bench.accesses_of(kAddress), again) << "as after a fence with no walk under way";
  expect_laws_hold(bench.mmu);
}

}  // namespace
}  // namespace tlmmu
