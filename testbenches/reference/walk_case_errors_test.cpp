// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "models/base/error.h"
#include "models/reference/walk_case.h"

namespace tlmmu::reference {
namespace {

struct BadCase {
  const char* name;
  std::string text;
  const char* expected;  ///< in the message
};

void PrintTo(const BadCase& bad, std::ostream* out) {
  *out << bad.name;
}

class BadWalkCase : public ::testing::TestWithParam<BadCase> {};

TEST_P(BadWalkCase, is_refused) {
  std::istringstream input(GetParam().text);
  try {
    parse_walk_case(input, "case");
    FAIL() << "was accepted";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr(GetParam().expected));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("found "));
    EXPECT_THAT(error.what(), ::testing::HasSubstr(", expected "));
    EXPECT_THAT(error.what(), ::testing::Not(::testing::HasSubstr("\n")));
  }
}

/// Line 3 of an Sv39 case with every extension on line 2.
std::string third(const std::string& line) {
  return "mode sv39\next h,svinval\n" + line + "\n";
}
std::string third_of_rv32(const std::string& line) {
  return "mode sv32\next h,svinval\n" + line + "\n";
}
std::string second(const std::string& line) {
  return "mode sv39\n" + line + "\n";
}

std::vector<BadCase> structure() {
  return {
      {"empty", "", "case:1: found the end of the case, expected mode"},
      {"only_comments", "# nothing\n\n", "case:3: found the end of the case, expected mode"},
      {"no_mode", "satp 0\n", "case:1: found \"satp\", expected mode"},
      {"mode_without_a_name", "mode\n", "case:1: found the end of the line, expected bare, sv32"},
      {"unknown_mode", "mode sv64\n", "case:1: found \"sv64\", expected bare, sv32, sv39, sv48 or"},
      {"mode_in_capitals", "mode SV39\n", "case:1: found \"SV39\""},
      {"mode_of_the_g_stage", "mode sv39x4\n", "case:1: found \"sv39x4\""},
      {"two_modes_in_a_line", "mode sv39 sv48\n", "case:1: found \"sv48\", expected the end of"},
      {"two_modes", second("mode sv48"), "case:2: found \"mode\", expected ext, mem"},
      {"unknown_line", second("pte 0 0"), "case:2: found \"pte\", expected ext, mem"},
      {"line_in_capitals", second("SATP 0"), "case:2: found \"SATP\""},
      {"binary", std::string("\x7f\0\x01", 3), "case:1: found \"\\x7f\\x00\\x01\", expected mode"},
      {"long_line", "mode sv39\nreq " + std::string(2000, 'x'), "case:2: found a longer line"},
      {"long_word", second(std::string(900, 'x')), "\"..., expected ext"},
  };
}

std::vector<BadCase> extensions() {
  return {
      {"ext_without_a_name", second("ext"), "case:2: found the end of the line, expected svade"},
      {"unknown_extension", second("ext svadu,zicond"), "case:2: found \"zicond\", expected svade"},
      {"ext_with_an_empty_name", second("ext h,,svadu"), "case:2: found \"\", expected svade"},
      {"ext_with_a_blank", second("ext h, svadu"), "case:2: found \"\", expected svade"},
      {"ext_with_two_words", second("ext h svadu"), "found \"svadu\", expected the end of the"},
      {"vsatp_without_h", second("vsatp 0"), "case:2: found \"vsatp\", expected ext h"},
      {"hgatp_without_h", second("hgatp_nofence 0"), "found \"hgatp_nofence\", expected ext h"},
      {"hfence_without_h", second("hfence.gvma"), "found \"hfence.gvma\", expected ext h"},
      {"h_comes_too_late", second("hfence.vvma\next h"), "case:2: found \"hfence.vvma\""},
      {"sinval_without_svinval", second("sinval.vma"), "expected ext svinval"},
      {"hinval_without_h", second("ext svinval\nhinval.vvma"), "case:3: found \"hinval.vvma\""},
      {"hinval_without_svinval", second("ext h\nhinval.gvma"), "expected ext svinval"},
      {"guest_request_without_h", second("req r 0 R VU 0 0"), "case:2: found \"VU\", expected ext"},
  };
}

std::vector<BadCase> numbers() {
  return {
      {"mem_without_a_value", third("mem 0"), "case:3: found the end of the line, expected a word"},
      {"mem_without_anything", third("mem"), "expected an address: a number of at most 56 bits"},
      {"mem_with_more", third("mem 0 0 0"), "case:3: found \"0\", expected the end of the line"},
      {"mem_misaligned", third("mem 0x1004 0"), "found \"0x1004\", expected an address that is a"},
      {"mem_misaligned_in_rv32", third_of_rv32("mem 0x1002 0"), "that is a multiple of 4"},
      {"mem_beyond_memory", third("mem 0x100000000000000 0"), "at most 56 bits"},
      {"mem_beyond_memory_of_rv32", third_of_rv32("mem 0x400000000 0"), "at most 34 bits"},
      {"word_too_large", third("mem 0 0x10000000000000000"), "at most 64 bits in C notation"},
      {"word_too_large_for_rv32", third_of_rv32("mem 0 0x100000000"), "at most 32 bits"},
      {"number_of_letters", third("satp one"), "case:3: found \"one\", expected the register's"},
      {"number_without_digits", third("satp 0x"), "case:3: found \"0x\""},
      {"number_negative", third("satp -1"), "case:3: found \"-1\""},
      {"number_with_a_sign", third("satp +1"), "case:3: found \"+1\""},
      {"number_in_octal", third("satp 08"), "case:3: found \"08\""},
      {"number_with_a_suffix", third("satp 1UL"), "case:3: found \"1UL\""},
      {"number_with_two_prefixes", third("satp 0x0x1"), "case:3: found \"0x0x1\""},
      {"number_with_a_fraction", third("satp 1.5"), "case:3: found \"1.5\""},
      {"ram_without_a_size", third("ram 0"), "case:3: found the end of the line, expected a size"},
      {"ram_of_nothing", third("ram 0 0"), "found \"0x0\", expected a size from 1 to 0x100000"},
      {"ram_beyond_memory", third("ram 0x1000 0x100000000000000"), "to 0xfffffffffff000"},
      {"satp_without_a_value", third("satp"), "case:3: found the end of the line"},
      {"satp_too_large_for_rv32", third_of_rv32("satp 0x100000000"), "at most 32 bits"},
      {"pmp_entry_16", third("pmp 16 0 0"), "case:3: found \"16\", expected an entry from 0 to 15"},
      {"pmp_cfg_too_large", third("pmp 0 0x100 0"), "expected the entry's byte of pmpcfg"},
      {"pmp_addr_too_large", third_of_rv32("pmp 0 0 0x100000000"), "expected the entry's pmpaddr"},
      {"pmp_without_addr", third("pmp 0 0"), "case:3: found the end of the line"},
  };
}

std::vector<BadCase> fences_and_requests() {
  return {
      {"sfence_with_more", third("sfence 0 0 0"), "case:3: found \"0\", expected the end of the"},
      {"sfence_without_an_asid", third("sfence 0 -"), "case:3: found \"-\", expected an ASID"},
      {"asid_too_large", third("sfence 0 0x10000"), "expected an ASID: a number of at most 16"},
      {"asid_too_large_for_rv32", third_of_rv32("sfence 0 0x200"), "at most 9 bits"},
      {"vmid_too_large", third("hfence.gvma 0 0x4000"), "expected a VMID: a number of at most 14"},
      {"vmid_too_large_for_rv32", third_of_rv32("hinval.gvma 0 0x80"), "at most 7 bits"},
      {"gpa_too_large_for_rv32", third_of_rv32("hfence.gvma 0x400000000"), "at most 34 bits"},
      {"fence_of_letters", third("sinval.vma all"), "found \"all\", expected - or an address"},
      {"ordering_with_an_operand", third("sfence.w.inval 0"), "expected the end of the line"},
      {"req_without_anything", third("req"), "case:3: found the end of the line, expected an id"},
      {"req_without_mxr", third("req r 0 R S 0"), "found the end of the line, expected 0 or 1"},
      {"req_with_more", third("req r 0 R S 0 0 0"), "case:3: found \"0\", expected the end of the"},
      {"req_of_unknown_type", third("req r 0 A S 0 0"), "found \"A\", expected R, W or X"},
      {"req_of_unknown_mode", third("req r 0 R HS 0 0"), "found \"HS\", expected U, S, M, VU or"},
      {"req_with_sum_2", third("req r 0 R S 2 0"), "case:3: found \"2\", expected 0 or 1"},
      {"req_with_mxr_yes", third("req r 0 R S 0 yes"), "case:3: found \"yes\", expected 0 or 1"},
      {"req_address_too_large", third_of_rv32("req r 0x100000000 R S 0 0"), "at most 32 bits"},
      {"req_id_twice", third("req r 0 R S 0 0\nreq r 0 R S 0 0"),
       "case:4: found \"r\", expected an id that line 3 does not have"},
  };
}

std::string name_of(const ::testing::TestParamInfo<BadCase>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Structure, BadWalkCase, ::testing::ValuesIn(structure()), name_of);
INSTANTIATE_TEST_SUITE_P(Extensions, BadWalkCase, ::testing::ValuesIn(extensions()), name_of);
INSTANTIATE_TEST_SUITE_P(Numbers, BadWalkCase, ::testing::ValuesIn(numbers()), name_of);
INSTANTIATE_TEST_SUITE_P(FencesAndRequests, BadWalkCase, ::testing::ValuesIn(fences_and_requests()),
                         name_of);

}  // namespace
}  // namespace tlmmu::reference
