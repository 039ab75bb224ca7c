// SPDX-License-Identifier: Apache-2.0
// Random walk cases: the model against a second reading of the specification.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "testbenches/conformance/broken_translators.h"
#include "testbenches/conformance/case_comparison.h"
#include "testbenches/conformance/cold_case.h"
#include "testbenches/support/seed.h"

namespace tlmmu::testing {
namespace {

constexpr unsigned kRequests = 100'000;
constexpr unsigned kCasesForABug = 4'000;  // of about 24 requests each
constexpr unsigned kTries = 20;
constexpr std::size_t kLinesForABug = 16;
constexpr std::size_t kLinesForACacheBug = 40;  // a two-stage walk and a change
constexpr unsigned kCasesForACache = 2'000;

TEST(RandomCase, the_model_agrees_with_a_second_reading_of_the_specification) {
  expect_agreement(kRequests, seed_or(1), 0);
}

/// The smallest case by which `broken` can be told, made from the first few that differ; without
/// lines if there is none.
RandomCase telling_case(const BrokenTranslator& broken, Compared compared,
                        std::size_t lines_at_most, std::uint64_t seed) {
  RandomCases cases(seed);
  RandomCase smallest;
  unsigned found = 0;
  for (unsigned i = 0; i < kCasesForABug && found < kTries; ++i) {
    const RandomCase random_case = cases.next();
    if (!first_difference(random_case, broken.make, compared)) continue;
    RandomCase small = smallest_difference(random_case, broken.make, compared);
    const std::size_t lines = small.walk_case.lines.size();
    if (found == 0 || lines < smallest.walk_case.lines.size()) smallest = std::move(small);
    ++found;
    if (lines <= lines_at_most) break;
  }
  return smallest;
}

void expect_found(const BrokenTranslator& broken, Compared compared, std::size_t lines_at_most) {
  const std::uint64_t seed = seed_or(1);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed) + ", " + broken.bug);
  const RandomCase smallest = telling_case(broken, compared, lines_at_most, seed);
  EXPECT_GT(smallest.walk_case.lines.size(), 0U);
  EXPECT_LE(smallest.walk_case.lines.size(), lines_at_most) << to_text(smallest.walk_case);
}

TEST(RandomCase, finds_each_bug_of_the_list) {
  for (const BrokenTranslator& broken : translators_with_broken_rules()) {
    expect_found(broken, Compared::accesses, kLinesForABug);
  }
}

TEST(RandomCase, finds_each_bug_of_two_stages) {
  for (const BrokenTranslator& broken : translators_with_broken_stages()) {
    expect_found(broken, Compared::accesses, kLinesForABug);
  }
}

TEST(RandomCase, finds_each_bug_of_caches) {
  for (const BrokenTranslator& broken : translators_with_broken_caches()) {
    expect_found(broken, Compared::answers, kLinesForACacheBug);
  }
}

TEST(RandomCase, the_fences_of_a_case_are_enough_for_a_hart_that_forgets_nothing_else) {
  const std::uint64_t seed = seed_or(1);
  RandomCases cases(seed);
  for (unsigned i = 0; i < kCasesForACache; ++i) {
    const RandomCase random_case = cases.next();
    const auto difference =
        first_difference(random_case, make_caching_translator, Compared::answers);
    ASSERT_FALSE(difference)
        << difference_report(random_case, make_caching_translator, Compared::answers, seed).text;
  }
}

TEST(RandomCase, a_difference_is_reported_with_seed_answers_and_a_case_that_shows_it) {
  const CaseTranslatorMaker broken = translators_with_broken_rules().front().make;
  RandomCases cases(7);
  RandomCase random_case = cases.next();
  while (!first_difference(random_case, broken, Compared::accesses)) random_case = cases.next();
  const auto report = difference_report(random_case, broken, Compared::accesses, 7);
  std::ifstream file(report.file);
  const RandomCase kept{reference::parse_walk_case(file, report.file), {}, random_case.pmp_final};
  std::filesystem::remove(report.file);
  const auto difference = first_difference(kept, broken, Compared::accesses);
  ASSERT_TRUE(difference);
  for (const std::string& part : std::vector<std::string>{
           std::string("TLMMU_SEED=7 "), "tlmmu walk -v", report.file, to_text(kept.walk_case),
           "expected " + difference->expected, "actual   " + difference->actual}) {
    EXPECT_NE(report.text.find(part), std::string::npos) << part << " is not in\n" << report.text;
  }
}

}  // namespace
}  // namespace tlmmu::testing
