// SPDX-License-Identifier: Apache-2.0
// One test per rule of the hypervisor extension's two-stage address translation, named after its
// tag in models/ptw/two_stage_walk.cpp. Each starts from correct tables and breaks exactly one
// thing.
#pragma once

#include "models/ptw/two_stage_walk.h"
#include "testbenches/conformance/vatp_fixture.h"
#include "testbenches/support/two_stage_tables.h"

namespace tlmmu::testing {

/// One page mapped at `address` through both stages, and walks over it.
class TwoStage : public ::testing::Test {
 protected:
  static constexpr Ppn kGuestFrame{0x1234};

  explicit TwoStage(PagingModeName mode = PagingModeName::sv39) : tables(mode) {
    tables.map(address, kGuestFrame);
  }

  /// The same page of other tables.
  void map(PageSize size, PageSize g_stage_size, Ppn guest_frame = kGuestFrame);

  WalkRecord walk(AccessType type = AccessType::load, AccessContext context = kUser,
                  WalkRules rules = kSvadu) {
    return walk(tables.request(address, type, context), rules);
  }
  WalkRecord walk(const WalkRequest& request, WalkRules rules = kSvadu) {
    return run_walk(TwoStageWalk(request, rules), tables);
  }

  /// Where `address` is to the guest.
  PhysicalAddress guest_address() const { return address_of(kGuestFrame) + address.page_offset(); }
  /// Where the VS stage's PTE of `address` at `level` is to the guest.
  PhysicalAddress vs_pte_at(unsigned level) const { return tables.vs().pte_at(address, level); }
  /// Where the G stage's last PTE for a guest-physical address is.
  PhysicalAddress g_leaf_at(PhysicalAddress guest) const {
    return tables.g().pte_at(VirtualAddress(guest.value()), 0);
  }

  void set_vs_leaf_flags(PteFlags to) { set_flags(tables.vs(), vs_pte_at(0), to); }
  /// Of the G stage's page that holds a guest-physical address.
  void set_g_leaf_flags(PhysicalAddress guest, PteFlags to) {
    set_flags(tables.g(), g_leaf_at(guest), to);
  }

  TwoStageTables tables;
  VirtualAddress address{0x3456'7abc};

 private:
  static void set_flags(PageTableBuilder& in, PhysicalAddress at, PteFlags to) {
    in.write(at, Pte(in.read(at)->without_flags(0xff).raw() | to.raw()));
  }
};

/// The walk ended with a guest-page fault of `type` at `guest`, needed for `implicit`.
void expect_guest_page_fault(const WalkRecord& record, AccessType type, PhysicalAddress guest,
                             ImplicitAccess implicit = ImplicitAccess::none);

}  // namespace tlmmu::testing
