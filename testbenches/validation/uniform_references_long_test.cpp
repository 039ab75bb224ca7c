// SPDX-License-Identifier: Apache-2.0
#include "testbenches/validation/uniform_references.h"

namespace tlmmu::validation {
namespace {

// As the number is stated: within 1 % over 10^7 references.
constexpr Effort kEffort{10'000'000, 0.01};

TEST(UniformReferencesLong, hit_t_of_w_with_lru) {
  one_level_hits_t_of_w(PolicyName::lru, 64, kEffort);
}
TEST(UniformReferencesLong, hit_t_of_w_with_fifo) {
  one_level_hits_t_of_w(PolicyName::fifo, 64, kEffort);
}
TEST(UniformReferencesLong, hit_t_of_w_with_random) {
  one_level_hits_t_of_w(PolicyName::random, 64, kEffort);
}
TEST(UniformReferencesLong, hit_a_second_level_behind_lru_as_if_the_first_took_its_share) {
  second_level_hits_its_share(kEffort);
}

}  // namespace
}  // namespace tlmmu::validation
