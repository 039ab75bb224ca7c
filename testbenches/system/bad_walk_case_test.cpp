// SPDX-License-Identifier: Apache-2.0
// Malformed walk cases are refused before anything is answered. BadWalkCase in
// testbenches/reference has every way in which a line can be malformed.
#include "testbenches/system/bad_input.h"

namespace tlmmu {
namespace {

struct BadLine {
  const char* name;
  const char* line;      ///< line 4, after a good request
  const char* expected;  ///< in the message
};

void PrintTo(const BadLine& bad, std::ostream* out) {
  *out << bad.name;
}

std::string case_with(const std::string& line) {
  return "mode sv39\nsatp 0\nreq good 0 R S 0 0\n" + line + "\nreq after 0 R S 0 0\n";
}

class BadWalkCaseTest : public testing::TestWithParam<BadLine> {};

TEST_P(BadWalkCaseTest, is_refused_with_its_line) {
  const Workplace place;
  place.file("t.case", case_with(GetParam().line));
  const std::string expected = std::string("t.case:4: found ") + GetParam().expected;
  expect_refusal(place, place.tlmmu({"walk", "t.case"}), expected);
}

TEST_P(BadWalkCaseTest, is_refused_from_a_pipe) {
  const Workplace place;
  place.file("t.case", case_with(GetParam().line));
  const std::string expected = std::string("standard input:4: found ") + GetParam().expected;
  expect_refusal(place, place.shell("cat t.case | " TLMMU_COMMAND " walk - -v --pmp-final"),
                 expected);
}

constexpr BadLine kLines[] = {
    {"second_mode", "mode sv39", "\"mode\", expected ext, mem, ram"},
    {"unknown_line", "tlb 0", "\"tlb\", expected ext, mem, ram"},
    {"unknown_extension", "ext sv", "\"sv\", expected svade, svadu"},
    {"misaligned_word", "mem 4 0", "\"0x4\", expected an address that is a multiple of 8"},
    {"missing_word", "mem 8", "the end of the line, expected a word"},
    {"ram_of_nothing", "ram 8 0", "\"0x0\", expected a size from 1"},
    {"satp_of_letters", "satp sv39", "\"sv39\", expected the register's value"},
    {"satp_too_large", "satp 0x10000000000000000", "\"0x10000000000000000\", expected the reg"},
    {"vsatp_without_h", "vsatp 0", "\"vsatp\", expected ext h on a line before"},
    {"pmp_entry_16", "pmp 16 0 0", "\"16\", expected an entry from 0 to 15"},
    {"sfence_with_more", "sfence 0 0 0", "\"0\", expected the end of the line"},
    {"hfence_without_h", "hfence.gvma", "\"hfence.gvma\", expected ext h on a line before"},
    {"req_without_type", "req r 0", "the end of the line, expected R, W or X"},
    {"req_with_sum_2", "req r 0 R S 2 0", "\"2\", expected 0 or 1"},
    {"req_of_a_known_id", "req good 0 R S 0 0", "\"good\", expected an id that line 3 does not"},
};

INSTANTIATE_TEST_SUITE_P(All, BadWalkCaseTest, testing::ValuesIn(kLines), case_name<BadLine>);

}  // namespace
}  // namespace tlmmu
