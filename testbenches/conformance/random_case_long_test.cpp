// SPDX-License-Identifier: Apache-2.0
// Ten million random requests, in parts that run side by side.
#include <gtest/gtest.h>

#include "testbenches/conformance/cold_case.h"
#include "testbenches/support/seed.h"

namespace tlmmu::testing {
namespace {

constexpr unsigned kParts = 20;
constexpr unsigned kRequests = 500'000;

class LongRandomCase : public ::testing::TestWithParam<unsigned> {};

TEST_P(LongRandomCase, the_model_agrees_with_a_second_reading_of_the_specification) {
  expect_agreement(kRequests, seed_or(1'000), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Parts, LongRandomCase, ::testing::Range(0U, kParts));

}  // namespace
}  // namespace tlmmu::testing
