// SPDX-License-Identifier: Apache-2.0
// Each case of testbenches/golden/walk_cases has its answers in it, written from the specification
// by hand: comments that begin with "#= ". A first line "#! --pmp-final" asks for that option.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/reference/case_runner.h"

namespace tlmmu::reference {
namespace {

constexpr const char* kCases[] = {
    "bare", "first", "permissions",    "pmp",  "pmp_final", "ram", "sv32", "sv39",
    "sv48", "svadu", "svnapot_svpbmt", "sv57", "two_stage",
};
constexpr const char* kFolder = TLMMU_SOURCE_DIR "/testbenches/golden/walk_cases";

struct GoldenCase {
  std::string text;
  std::string expected;
  FinalPmp final_pmp = FinalPmp::ignored;
};

GoldenCase read_golden(const std::string& name) {
  GoldenCase golden;
  std::ifstream file(std::string(kFolder) + "/" + name + ".case");
  for (std::string line; std::getline(file, line);) {
    golden.text += line + "\n";
    if (line.rfind("#= ", 0) == 0) golden.expected += line.substr(3) + "\n";
    if (line == "#! --pmp-final") golden.final_pmp = FinalPmp::checked;
  }
  return golden;
}

std::string answers_to(const WalkCase& walk_case, FinalPmp final_pmp) {
  const std::vector<Answer> answers = answer_cold(walk_case, final_pmp);
  std::string text;
  auto answer = answers.begin();
  for (const Line& line : walk_case.lines) {
    const auto* request = std::get_if<Request>(&line.content);
    if (request != nullptr) text += to_text(request->id, *answer++, Detail::accesses) + "\n";
  }
  EXPECT_EQ(answer, answers.end());
  return text;
}

class GoldenWalkCase : public ::testing::TestWithParam<const char*> {};

TEST_P(GoldenWalkCase, is_answered_as_the_specification_says) {
  const GoldenCase golden = read_golden(GetParam());
  std::istringstream input(golden.text);
  const WalkCase walk_case = parse_walk_case(input, GetParam());
  EXPECT_NE(golden.expected, "");
  EXPECT_EQ(answers_to(walk_case, golden.final_pmp), golden.expected);
}

INSTANTIATE_TEST_SUITE_P(All, GoldenWalkCase, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param); });

TEST(GoldenWalkCases, all_are_tested) {
  const std::filesystem::directory_iterator files(kFolder);
  EXPECT_EQ(std::distance(begin(files), end(files)), std::ptrdiff_t{std::size(kCases)});
}

}  // namespace
}  // namespace tlmmu::reference
