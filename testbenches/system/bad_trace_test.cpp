// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/bad_input.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {
namespace {

/// A trace file that is not one, made by `content()` and then changed by a shell command.
struct BadTrace {
  const char* name;
  std::string content;
  const char* command;   ///< turns the file `t` into the bad one; may be empty
  const char* expected;  ///< in the message
};

void PrintTo(const BadTrace& bad, std::ostream* out) {
  *out << bad.name;
}

class BadTraceTest : public testing::TestWithParam<BadTrace> {};

TEST_P(BadTraceTest, is_refused) {
  const Workplace place;
  place.file("t", GetParam().content);
  place.shell(GetParam().command);
  expect_refusal(place,
                 place.tlmmu({"run", "--trace", "t", "--stats", "out.json", "--waves", "out.fst"}),
                 GetParam().expected);
}

TEST_P(BadTraceTest, is_refused_from_a_pipe) {
  const Workplace place;
  place.file("t", GetParam().content);
  place.shell(GetParam().command);
  expect_refusal(place, place.shell("cat t | " TLMMU_COMMAND " run --trace - --stats out.json"),
                 "");
}

std::string good_lackey() {
  return page_sweep(200, 2);
}

std::string good_champsim() {
  std::string bytes;
  for (std::uint64_t i = 0; i < 500; ++i) {
    bytes += champsim_bytes({0x40'0000 + 4 * i, 0x7fff'0000 + 8 * i, 0});
  }
  return bytes;
}

/// Good lines before and after the bad one, which is line 402.
std::string lackey_with(const std::string& line) {
  return page_sweep(200, 0) + "I  00400000,4\n" + line + "\n" + page_sweep(3, 0);
}

std::vector<BadTrace> structural_cases() {
  return {
      {"empty", "", "", "t"},
      {"only_newlines", "\n\n\n", "", "t"},
      {"only_chatter", "==12== Lackey, an example Valgrind tool\n==12== \n", "", "t"},
      {"prose", "It was a dark and stormy night.\n", "", "t"},
      {"long_prose", std::string(100'000, 'x'), "", "t"},
      {"one_character", "I", "", "t"},
      {"zeros", std::string(1000, '\0'), "", "t"},
      {"zeros_of_record_size", std::string(6400, '\0'), "", "t"},
      {"ones", std::string(640, '\xff'), "", "t"},
      {"elf", std::string("\x7f") + "ELF" + std::string(700, '\2'), "", "t"},
      {"json", "{\"trace\": []}\n", "", "t"},
      {"champsim_half_record", good_champsim().substr(0, 32), "", "t"},
      {"champsim_cut_record", good_champsim().substr(0, 6400 - 1), "", "6336"},
      {"champsim_one_byte_more", good_champsim() + "x", "", "32000"},
      {"champsim_bad_branch_flag", good_champsim() + std::string(8, '\1') + std::string(56, '\x77'),
       "", "32000"},
      {"gzip_of_nothing", "", "gzip t && mv t.gz t", "t"},
      {"gzip_of_prose", "Call me Ishmael.\n", "gzip t && mv t.gz t", "t"},
      {"gzip_header_only", good_lackey(), "gzip t && head -c 8 t.gz > t", "t"},
      {"gzip_cut", good_lackey(), "gzip t && head -c 200 t.gz > t", "t"},
      {"gzip_without_trailer", good_lackey(), "gzip t && head -c -4 t.gz > t", "t"},
      {"gzip_damaged", good_lackey(),
       "gzip t && printf XXXXXXXX | dd of=t.gz bs=1 seek=100 conv=notrunc && mv t.gz t", "t"},
      {"gzip_wrong_checksum", good_lackey(),
       "gzip t && s=$(stat -c %s t.gz) && printf XXXX | dd of=t.gz bs=1 seek=$((s-8)) conv=notrunc "
       "&& mv t.gz t",
       "t"},
      {"gzip_and_garbage", good_lackey(), "gzip t && echo garbage >> t.gz && mv t.gz t", "t"},
      {"xz_of_prose", "Call me Ishmael.\n", "xz t && mv t.xz t", "t"},
      {"xz_header_only", good_lackey(), "xz t && head -c 10 t.xz > t", "t"},
      {"xz_cut", good_lackey(), "xz t && head -c 200 t.xz > t", "t"},
      {"xz_without_footer", good_lackey(), "xz t && head -c -4 t.xz > t", "t"},
      {"xz_damaged", good_lackey(),
       "xz t && printf XXXXXXXX | dd of=t.xz bs=1 seek=100 conv=notrunc && mv t.xz t", "t"},
      {"zstd_of_prose", "Call me Ishmael.\n", "zstd -q --rm t && mv t.zst t", "t"},
      {"zstd_header_only", good_lackey(), "zstd -q --rm t && head -c 5 t.zst > t", "t"},
      {"zstd_cut", good_lackey(), "zstd -q --rm t && head -c 200 t.zst > t", "t"},
      {"zstd_damaged", good_lackey(),
       "zstd -q --rm t && printf XXXXXXXX | dd of=t.zst bs=1 seek=100 conv=notrunc && mv t.zst t",
       "t"},
      {"champsim_gzip_cut_record", good_champsim().substr(0, 6399), "gzip t && mv t.gz t", "6336"},
      {"bzip2_is_not_supported", good_lackey(),
       "bzip2 t 2>/dev/null && mv t.bz2 t || printf BZh9 > t", "t"},
  };
}

std::vector<BadTrace> line_cases() {
  struct Line {
    const char* name;
    const char* text;
  };
  constexpr Line kLines[] = {
      {"line_without_address", "I  ,4"},
      {"line_without_size", " L 04001000"},
      {"line_with_empty_size", " L 04001000,"},
      {"line_without_comma", " L 04001000 8"},
      {"line_of_size_zero", " L 04001000,0"},
      {"line_of_negative_size", " L 04001000,-8"},
      {"line_of_huge_size", " L 04001000,99999999999"},
      {"line_of_size_5000", " S 04001000,5000"},
      {"line_of_hex_size", " L 04001000,f"},
      {"line_of_long_address", " L 123456789abcdef01,8"},
      {"line_of_bad_digit", " L 0400g000,8"},
      {"line_with_0x", " L 0x4001000,8"},
      {"line_with_negative_address", " L -4001000,8"},
      {"line_with_junk_behind", " L 04001000,8 x"},
      {"line_of_unknown_letter", " X 04001000,8"},
      {"line_of_lower_case", " l 04001000,8"},
      {"line_that_wraps", " L ffffffffffffffff,8"},
      {"line_of_letter_only", " M"},
      {"line_with_a_zero_byte",
       "I  0400\x01"
       "000,4"},
      {"line_in_utf8", "\xc3\xa4\xc3\xb6"},
  };
  std::vector<BadTrace> cases;
  for (const Line& line : kLines) cases.push_back({line.name, lackey_with(line.text), "", "402"});
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Structure, BadTraceTest, testing::ValuesIn(structural_cases()),
                         case_name<BadTrace>);
INSTANTIATE_TEST_SUITE_P(Lines, BadTraceTest, testing::ValuesIn(line_cases()), case_name<BadTrace>);

}  // namespace
}  // namespace tlmmu
