// SPDX-License-Identifier: Apache-2.0
#include "models/tlb/verdict.h"

#include <gtest/gtest.h>

namespace tlmmu {
namespace {

TEST(Verdict, the_shortcut_agrees_with_the_rule_for_all_flags_accesses_and_contexts) {
  unsigned shortcuts = 0;
  for (unsigned raw = 0; raw < 256; ++raw) {
    for (const AccessType type : {AccessType::fetch, AccessType::load, AccessType::store}) {
      for (const Privilege privilege :
           {Privilege::user, Privilege::supervisor, Privilege::machine}) {
        for (const Sum sum : {Sum::forbidden, Sum::permitted}) {
          for (const Mxr mxr : {Mxr::off, Mxr::on}) {
            const PteFlags flags(static_cast<std::uint8_t>(raw));
            const AccessContext context{privilege, sum, mxr};
            if (!surely_allowed(flags, type, context)) continue;
            ASSERT_EQ(verdict(flags, type, context), Verdict::allowed) << "flags " << raw;
            ++shortcuts;
          }
        }
      }
    }
  }
  EXPECT_GT(shortcuts, 0U);
}

TEST(Verdict, permission_is_judged_before_accessed_and_dirty) {
  const AccessContext user;
  const PteFlags read_only(PteFlags::kV | PteFlags::kR | PteFlags::kU);
  EXPECT_EQ(verdict(read_only, AccessType::store, user), Verdict::forbidden);
  EXPECT_EQ(verdict(read_only, AccessType::load, user), Verdict::update_needed);
}

}  // namespace
}  // namespace tlmmu
