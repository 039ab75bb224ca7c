// SPDX-License-Identifier: Apache-2.0
#include "testbenches/validation/uniform_references.h"

namespace tlmmu::validation {
namespace {

// A 25th of the references, so five times the standard error.
constexpr Effort kEffort{400'000, 0.05};

TEST(UniformReferences, hit_t_of_w_with_lru) {
  one_level_hits_t_of_w(PolicyName::lru, 64, kEffort);
}
TEST(UniformReferences, hit_t_of_w_with_fifo) {
  one_level_hits_t_of_w(PolicyName::fifo, 64, kEffort);
}
TEST(UniformReferences, hit_t_of_w_with_random) {
  one_level_hits_t_of_w(PolicyName::random, 64, kEffort);
}
TEST(UniformReferences, hit_t_of_w_with_tree_plru) {
  one_level_hits_t_of_w(PolicyName::tree_plru, 64, kEffort);
}
TEST(UniformReferences, hit_t_of_w_with_srrip) {
  one_level_hits_t_of_w(PolicyName::srrip, 64, kEffort);
}
TEST(UniformReferences, hit_t_of_w_in_sets_of_four) {
  one_level_hits_t_of_w(PolicyName::lru, 4, kEffort);
}
TEST(UniformReferences, hit_a_second_level_behind_lru_as_if_the_first_took_its_share) {
  second_level_hits_its_share(kEffort);
}

}  // namespace
}  // namespace tlmmu::validation
