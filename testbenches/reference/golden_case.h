// SPDX-License-Identifier: Apache-2.0
// Each case of testbenches/golden/walk_cases has its answers in it, written from the specification
// by hand: comments that begin with "#= ". A first line "#! --pmp-final" asks for that option.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "models/reference/case_runner.h"

namespace tlmmu::reference {

constexpr const char* kGoldenFolder = TLMMU_SOURCE_DIR "/testbenches/golden/walk_cases";
constexpr const char* kGoldenCases[] = {
    "bare", "first", "permissions", "pmp",   "pmp_final",      "ram",       "sv32",
    "sv39", "sv48",  "sv57",        "svadu", "svnapot_svpbmt", "two_stage",
};

struct GoldenCase {
  WalkCase walk_case;
  std::string answers;  ///< expected: a line for each, with its accesses
  FinalPmp final_pmp = FinalPmp::ignored;
};

inline GoldenCase read_golden(const std::string& name) {
  GoldenCase golden;
  std::string text;
  std::ifstream file(std::string(kGoldenFolder) + "/" + name + ".case");
  for (std::string line; std::getline(file, line);) {
    text += line + "\n";
    if (line.rfind("#= ", 0) == 0) golden.answers += line.substr(3) + "\n";
    if (line == "#! --pmp-final") golden.final_pmp = FinalPmp::checked;
  }
  std::istringstream input(text);
  golden.walk_case = parse_walk_case(input, name);
  return golden;
}

/// What `translator` answers to a case, a line for each request.
inline std::string answers_of(const GoldenCase& golden, CaseMachine& machine,
                              Translator& translator, Detail detail) {
  CaseRunner runner(machine, translator, golden.final_pmp);
  std::string text;
  for (const Line& line : golden.walk_case.lines) {
    const auto answer = runner.run(line);
    if (answer) text += to_text(std::get<Request>(line.content).id, *answer, detail) + "\n";
  }
  return text;
}

}  // namespace tlmmu::reference
