// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <sstream>
#include <string>

#include "testbenches/system/command.h"

namespace tlmmu {

/// What every refusal of bad input looks like: exit code 2, nothing on standard output, only lines
/// of ours on standard error, one of which has `expected` in it, and no output file.
inline void expect_refusal(const Workplace& place, const CommandResult& result,
                           const std::string& expected) {
  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, testing::HasSubstr(expected));
  std::istringstream lines(result.err);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, testing::StartsWith("tlmmu: "));
  }
  for (const std::string output : {"out.json", "out.fst", "out.csv"}) {
    EXPECT_FALSE(place.has(output)) << output << " was left behind";
    EXPECT_FALSE(place.has(output + ".partial")) << output << ".partial was left behind";
  }
}

/// GoogleTest names of the cases of a table: their index and a word.
template <class Case>
std::string case_name(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

}  // namespace tlmmu
