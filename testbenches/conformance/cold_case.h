// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "testbenches/conformance/case_comparison.h"
#include "testbenches/conformance/case_coverage.h"

namespace tlmmu::testing {

/// Asks the model without caches one part of the random cases of `seed`, access by access, until
/// there were so many requests. They have to reach everything.
inline void expect_agreement(unsigned requests, std::uint64_t seed, unsigned part) {
  RandomCases cases(seed + part);
  CaseCoverage coverage;
  const auto observer = [&](const reference::Request& request, const NaiveAnswer& answer) {
    coverage.count(request, answer);
  };
  while (coverage.requests() < requests) {
    const RandomCase random_case = cases.next();
    coverage.begin_case(random_case);
    const auto difference =
        first_difference(random_case, make_cold_model, Compared::accesses, observer);
    ASSERT_FALSE(difference)
        << difference_report(random_case, make_cold_model, Compared::accesses, seed).text;
  }
  EXPECT_EQ(coverage.gaps(), "");
}

}  // namespace tlmmu::testing
