// SPDX-License-Identifier: Apache-2.0
// H.6: which exception is raised, for which type, and which guest-physical address goes with it.
#include "testbenches/conformance/two_stage_fixture.h"

namespace tlmmu::testing {
namespace {

class TwoStageFault : public TwoStage {
 protected:
  /// Walks until `refused` is to be accessed, which memory refuses.
  WalkRecord walk_refused_at(PhysicalAddress refused, AccessType type) {
    TwoStageWalk walk(tables.request(address, type), kSvadu);
    while (!walk.ended()) {
      const auto* read = std::get_if<PteRead>(&walk.step());
      if (read != nullptr && read->address != refused) {
        walk.supply(*tables.read(read->address));
      } else {
        walk.supply_error();
      }
    }
    WalkRecord record;
    record.end = walk.step();
    return record;
  }
};

TEST_F(TwoStageFault, h_6_what_the_g_stage_refuses_is_a_guest_page_fault_of_the_original_type) {
  set_g_leaf_flags(guest_address(), PteFlags());
  for (const AccessType type : kEveryType) {
    expect_guest_page_fault(walk(type), type, guest_address());
  }
}

TEST_F(TwoStageFault, h_6_the_guest_physical_address_is_exact_to_the_byte) {
  set_g_leaf_flags(guest_address(), PteFlags());
  for (const std::uint64_t offset : {0x0U, 0x7U, 0xfffU}) {
    address = VirtualAddress(0x3456'7000 + offset);
    expect_guest_page_fault(walk(), AccessType::load, address_of(kGuestFrame) + Bytes(offset));
  }
}

TEST_F(TwoStageFault, h_6_every_step_of_the_g_stage_that_refuses_is_a_guest_page_fault) {
  constexpr std::uint64_t kReserved = std::uint64_t{1} << 60U;
  const PhysicalAddress leaf = g_leaf_at(guest_address());
  const Pte good = *tables.g().read(leaf);
  const auto expect_refused = [&](Pte pte) {
    tables.g().write(leaf, pte);
    expect_guest_page_fault(walk(), AccessType::load, guest_address());
    tables.g().write(leaf, good);
  };
  expect_refused(good.without_flags(PteFlags::kV));
  expect_refused(Pte(good.raw() | kReserved));
  expect_refused(good.without_flags(PteFlags::kR));  // write-only
  expect_refused(Pte(kFrame, flags("V")));           // a pointer in the last table
  expect_refused(good.without_flags(PteFlags::kU));
  const PhysicalAddress above = tables.g().pte_at(VirtualAddress(guest_address().value()), 1);
  tables.g().write(above, Pte(Ppn(0x1001), kUserPage));  // a misaligned superpage
  expect_guest_page_fault(walk(), AccessType::load, guest_address());
}

TEST_F(TwoStageFault, h_6_what_the_vs_stage_refuses_is_a_page_fault_without_guest_address) {
  for (const AccessType type : kEveryType) {
    set_vs_leaf_flags(PteFlags());
    const WalkRecord record = walk(type);
    expect_page_fault(record, VatpStep::pte_format, type);
    EXPECT_EQ(record.fault()->guest_address, GuestPhysicalAddress());
    EXPECT_EQ(record.fault()->implicit, ImplicitAccess::none);
  }
}

TEST_F(TwoStageFault, h_6_the_vs_stages_fault_comes_first) {
  set_vs_leaf_flags(flags("VRXUAD"));
  set_g_leaf_flags(guest_address(), PteFlags());
  expect_page_fault(walk(AccessType::store), VatpStep::permission, AccessType::store);
}

TEST_F(TwoStageFault, h_6_an_address_that_is_not_canonical_is_a_page_fault_before_any_read) {
  address = VirtualAddress(std::uint64_t{1} << 39U);
  const WalkRecord record = walk(AccessType::fetch);
  expect_page_fault(record, VatpStep::canonical_address, AccessType::fetch);
  EXPECT_TRUE(record.reads.empty());
}

TEST_F(TwoStageFault, h_6_a_guest_frame_beyond_the_g_stage_is_a_guest_page_fault) {
  const Ppn beyond(std::uint64_t{1} << 29U);
  tables.vs().write(vs_pte_at(0), Pte(beyond, kUserPage));
  expect_guest_page_fault(walk(AccessType::store), AccessType::store,
                          address_of(beyond) + address.page_offset());
}

TEST_F(TwoStageFault, h_6_a_refused_pte_of_either_stage_is_an_access_fault_of_the_original_type) {
  const PhysicalAddress ptes[] = {TwoStageTables::host(vs_pte_at(2)),
                                  TwoStageTables::host(vs_pte_at(0)), g_leaf_at(vs_pte_at(1)),
                                  g_leaf_at(guest_address())};
  for (const AccessType type : kEveryType) {
    for (const PhysicalAddress pte : ptes) {
      const WalkRecord record = walk_refused_at(pte, type);
      expect_access_fault(record, VatpStep::pte_access, type);
      EXPECT_EQ(record.fault()->guest_address, GuestPhysicalAddress());
    }
  }
}

TEST_F(TwoStageFault,
       h_6_a_refused_update_of_either_stage_is_an_access_fault_of_the_original_type) {
  for (const AccessType type : kEveryType) {
    map(PageSize::k4KiB, PageSize::k4KiB);
    set_vs_leaf_flags(flags("VRWXU"));
    expect_access_fault(walk_refused_at(PhysicalAddress(1), type), VatpStep::accessed_dirty, type);
    map(PageSize::k4KiB, PageSize::k4KiB);
    set_g_leaf_flags(vs_pte_at(1), flags("VRWXU"));
    expect_access_fault(walk_refused_at(PhysicalAddress(1), type), VatpStep::accessed_dirty, type);
  }
}

}  // namespace
}  // namespace tlmmu::testing
