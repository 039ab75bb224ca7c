// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/two_stage_fixture.h"

namespace tlmmu::testing {

void TwoStage::map(PageSize size, PageSize g_stage_size, Ppn guest_frame) {
  tables = TwoStageTables(tables.vs().mode().name);
  tables.map(address, guest_frame, size, g_stage_size);
}

void expect_guest_page_fault(const WalkRecord& record, AccessType type, PhysicalAddress guest,
                             ImplicitAccess implicit) {
  ASSERT_NE(record.fault(), nullptr);
  EXPECT_STREQ(name_in(kExceptionCauseNames, record.fault()->cause),
               name_in(kExceptionCauseNames, guest_page_fault(type)));
  EXPECT_EQ(record.fault()->guest_address, GuestPhysicalAddress(guest.value()));
  EXPECT_EQ(record.fault()->implicit, implicit);
}

}  // namespace tlmmu::testing
