// SPDX-License-Identifier: Apache-2.0
// TLB and walker in hardware as one MMU, against a walk from the root for each request.
#include <gtest/gtest.h>

#include "Vmmu_sv39.h"
#include "testbenches/rtl/mmu_entry_checks.h"
#include "testbenches/support/seed.h"

namespace tlmmu {
namespace {

class MmuRtl : public ::testing::Test {
 protected:
  MmuBench<Vmmu_sv39> bench{testing::seed_or(1)};
};

TEST_F(MmuRtl, answers_as_a_walk_from_the_root_with_fences_in_every_state) {
  EXPECT_EQ(check_answers(bench, 6'000), "");
}
TEST_F(MmuRtl, what_changes_with_a_fence_in_the_middle_of_a_walk_is_seen_after_it) {
  EXPECT_EQ(check_changes_in_the_middle(bench, 5'000), "");
}
TEST_F(MmuRtl, a_translation_that_was_just_walked_is_answered_without_a_walk) {
  EXPECT_EQ(check_hits(bench, 3'000), "");
}
TEST_F(MmuRtl, a_global_page_is_known_to_every_address_space) {
  EXPECT_EQ(check_global_pages(bench, 500), "");
}
TEST_F(MmuRtl, each_fence_removes_what_it_names_and_nothing_else) {
  EXPECT_EQ(check_fences(bench, 6'000), "");
}
TEST_F(MmuRtl, a_free_place_is_taken_first_and_what_was_used_last_stays) {
  EXPECT_EQ(check_replacement(bench, 200), "");
}

}  // namespace
}  // namespace tlmmu
