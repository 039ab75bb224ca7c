// SPDX-License-Identifier: Apache-2.0
#include "models/arch/permissions.h"

#include <gtest/gtest.h>

namespace tlmmu {
namespace {

/// The rules again, as a table: what each kind of page allows, said once per privilege and access.
bool allowed(PteFlags page, AccessType type, AccessContext context) {
  const bool readable = page.r() || (context.mxr == Mxr::on && page.x());
  const bool type_ok = type == AccessType::fetch  ? page.x()
                       : type == AccessType::load ? readable
                                                  : page.w();
  if (context.privilege == Privilege::user) return page.u() && type_ok;
  if (context.privilege == Privilege::machine || !page.u()) return type_ok;
  return type != AccessType::fetch && context.sum == Sum::permitted && type_ok;
}

TEST(Permissions, hold_for_every_combination_of_flags_access_and_state) {
  for (unsigned raw = 0; raw < 256; ++raw) {
    const PteFlags flags(static_cast<std::uint8_t>(raw));
    for (const auto& type : kAccessTypeNames) {
      for (const Privilege privilege :
           {Privilege::user, Privilege::supervisor, Privilege::machine}) {
        for (const Sum sum : {Sum::forbidden, Sum::permitted}) {
          for (const Mxr mxr : {Mxr::off, Mxr::on}) {
            const AccessContext context{privilege, sum, mxr};
            EXPECT_EQ(permits(flags, type.value, context), allowed(flags, type.value, context))
                << type.name << " with flags " << raw;
          }
        }
      }
    }
  }
}

TEST(Permissions, only_stores_need_the_dirty_bit) {
  const PteFlags clean(PteFlags::kA);
  const PteFlags dirty(PteFlags::kA | PteFlags::kD);
  const PteFlags never_accessed(PteFlags::kD);
  for (const auto& type : kAccessTypeNames) {
    EXPECT_EQ(accessed_dirty_current(clean, type.value), type.value != AccessType::store);
    EXPECT_TRUE(accessed_dirty_current(dirty, type.value));
    EXPECT_FALSE(accessed_dirty_current(never_accessed, type.value));
  }
}

}  // namespace
}  // namespace tlmmu
