// SPDX-License-Identifier: Apache-2.0
// Ten million random requests, in parts that run side by side.
#include <gtest/gtest.h>

#include "testbenches/conformance/case_comparison.h"
#include "testbenches/conformance/case_coverage.h"
#include "testbenches/support/seed.h"

namespace tlmmu::testing {
namespace {

constexpr unsigned kParts = 20;
constexpr unsigned kRequests = 500'000;

class LongRandomCase : public ::testing::TestWithParam<unsigned> {};

TEST_P(LongRandomCase, the_model_agrees_with_a_second_reading_of_the_specification) {
  const std::uint64_t seed = seed_or(1'000) + GetParam();
  RandomCases cases(seed);
  CaseCoverage coverage;
  const auto observer = [&](const reference::Request& request, const NaiveAnswer& answer) {
    coverage.count(request, answer);
  };
  while (coverage.requests() < kRequests) {
    const RandomCase random_case = cases.next();
    coverage.begin_case(random_case);
    const auto difference =
        first_difference(random_case, make_cold_model, Compared::accesses, observer);
    ASSERT_FALSE(difference) << difference_report(random_case, make_cold_model, Compared::accesses,
                                                  seed - GetParam())
                                    .text;
  }
  EXPECT_EQ(coverage.gaps(), "");
}

INSTANTIATE_TEST_SUITE_P(Parts, LongRandomCase, ::testing::Range(0U, kParts));

}  // namespace
}  // namespace tlmmu::testing
