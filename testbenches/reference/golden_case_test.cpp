// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/golden_case.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "models/reference/cold_mmu.h"

namespace tlmmu::reference {
namespace {

class GoldenWalkCase : public ::testing::TestWithParam<const char*> {};

TEST_P(GoldenWalkCase, is_answered_as_the_specification_says) {
  const GoldenCase golden = read_golden(GetParam());
  EXPECT_NE(golden.answers, "");
  CaseMachine machine(golden.walk_case.mode);
  ColdMmu mmu(machine);
  EXPECT_EQ(answers_of(golden, machine, mmu, Detail::accesses), golden.answers);
}

TEST_P(GoldenWalkCase, is_answered_in_one_go_too) {
  const GoldenCase golden = read_golden(GetParam());
  std::istringstream expected(golden.answers);
  for (const Answer& answer : answer_cold(golden.walk_case, golden.final_pmp)) {
    std::string id;
    std::string rest;
    std::getline(expected >> id, rest);
    EXPECT_EQ(to_text(id, answer, Detail::accesses), id + rest);
  }
}

INSTANTIATE_TEST_SUITE_P(All, GoldenWalkCase, ::testing::ValuesIn(kGoldenCases),
                         [](const auto& one) { return std::string(one.param); });

TEST(GoldenWalkCases, all_are_tested) {
  const std::filesystem::directory_iterator files(kGoldenFolder);
  EXPECT_EQ(std::distance(begin(files), end(files)), std::ptrdiff_t{std::size(kGoldenCases)});
}

}  // namespace
}  // namespace tlmmu::reference
