// SPDX-License-Identifier: Apache-2.0
#include "models/workload/lackey_decoder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "models/base/random.h"
#include "testbenches/workload/trace_bytes.h"

namespace tlmmu {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(LackeyDecoder, knows_fetch_load_store_and_modify) {
  const Decoded trace =
      decode_all("I  0401ab70,3\n L 1fff000518,8\n S 04000010,16\n M 04a29a48,4\n");
  EXPECT_EQ(trace.error, "");
  EXPECT_THAT(trace.accesses,
              ElementsAre(fetch_of(0x401ab70, 3), load_of(0x1fff000518, 8), store_of(0x4000010, 16),
                          load_of(0x4a29a48, 4), store_of(0x4a29a48, 4)));
}

TEST(LackeyDecoder, skips_what_valgrind_says_anywhere) {
  const Decoded trace = decode_all(
      "==12== Lackey, an example Valgrind tool\n==12== \nI  04000000,1\n--12-- Reading syms\n\n"
      "**12** printed by the program\nI  04000001,1\n==12== Counted 0 calls to main()\n");
  EXPECT_EQ(trace.error, "");
  EXPECT_THAT(trace.accesses, ElementsAre(fetch_of(0x4000000, 1), fetch_of(0x4000001, 1)));
}

TEST(LackeyDecoder, skips_a_preamble_of_other_text) {
  const Decoded trace = decode_all("Script started\n\tmake: entering\nI  04000000,1\n");
  EXPECT_EQ(trace.error, "");
  EXPECT_THAT(trace.accesses, ElementsAre(fetch_of(0x4000000, 1)));
}

TEST(LackeyDecoder, takes_short_long_and_upper_case_addresses) {
  const Decoded trace = decode_all(
      "I  0,1\nI  ABCDEF00,1\n L ffffffffffffffff,1\n L 00000000000000000abc,1\n"
      " S 7fffffffffff,4096\n");
  EXPECT_EQ(trace.error, "");
  EXPECT_THAT(trace.accesses,
              ElementsAre(fetch_of(0, 1), fetch_of(0xabcdef00, 1), load_of(~std::uint64_t{0}, 1),
                          load_of(0xabc, 1), store_of(0x7fffffffffff, 4096)));
}

TEST(LackeyDecoder, takes_a_last_line_without_newline) {
  EXPECT_THAT(decode_all("I  04000000,1\nI  04000001,12").accesses,
              ElementsAre(fetch_of(0x4000000, 1), fetch_of(0x4000001, 12)));
}

TEST(LackeyDecoder, takes_lines_that_end_in_carriage_return_and_newline) {
  const Decoded trace = decode_all("==1== x\r\nI  04000000,1\r\n\r\n L 04000008,8\r\n");
  EXPECT_EQ(trace.error, "");
  EXPECT_THAT(trace.accesses, ElementsAre(fetch_of(0x4000000, 1), load_of(0x4000008, 8)));
}

TEST(LackeyDecoder, names_line_and_text_of_program_output_in_the_trace) {
  const Decoded trace = decode_all("==1== x\nI  04000000,1\nbin\nI  04000001,1\n");
  EXPECT_THAT(trace.accesses, ElementsAre(fetch_of(0x4000000, 1)));
  EXPECT_THAT(trace.error,
              AllOf(HasSubstr("trace: line 3: found \"bin\""), HasSubstr("--log-file")));
}

TEST(LackeyDecoder, names_line_and_expectation_of_malformed_records) {
  struct Malformed {
    const char* line;
    const char* expected;
  };
  const Malformed cases[] = {
      {"I  04000000", "a comma"},
      {"I  04000000,", "a size"},
      {"I  04000000,0", "1 to 4096"},
      {"I  04000000,4097", "1 to 4096"},
      {"I  04000000,99999999999999999999", "1 to 4096"},
      {"I  04000000,-1", "1 to 4096"},
      {"I  04000000,8 ", "1 to 4096"},
      {"I  04000000,8x", "1 to 4096"},
      {"I  0400g000,8", "a comma"},
      {"I  04000:00,8", "a comma"},
      {"I  -4000000,8", "address"},
      {"I  0x400000,8", "a comma"},
      {"I  ,8", "address"},
      {" L ", "address"},
      {" L 10000000000000000,8", "64 bits"},
      {" S ffffffffffffffff,2", "64-bit address space"},
      {" S fffffffffffff001,4096", "64-bit address space"},
      {" X 04000000,8", "a line such as"},
      {"I 04000000,8", "a line such as"},
      {"L 04000000,8", "a line such as"},
      {"  L 04000000,8", "a line such as"},
      {"=1= hello", "a line such as"},
  };
  for (const auto& [line, expected] : cases) {
    SCOPED_TRACE(line);
    // Once at the end of the trace and once amidst many lines, where the fast way meets it.
    for (const std::string& after : {std::string(), lackey_loads(100)}) {
      const Decoded trace = decode_all("I  04000000,1\n" + std::string(line) + "\n" + after);
      EXPECT_THAT(trace.accesses, ElementsAre(fetch_of(0x4000000, 1)));
      EXPECT_THAT(trace.error, AllOf(HasSubstr("line 2: found"), HasSubstr(expected)));
    }
  }
}

TEST(LackeyDecoder, does_not_take_a_malformed_first_record_for_preamble) {
  EXPECT_THAT(decode_all("I  04000000\nI  04000001,1\n").error,
              HasSubstr("line 1: found \"I  04000000\""));
}

TEST(LackeyDecoder, refuses_text_that_is_no_trace) {
  const Decoded trace = decode_all("#include <cstdio>\nint main() {}\n");
  EXPECT_THAT(trace.accesses, IsEmpty());
  EXPECT_THAT(trace.error,
              HasSubstr("trace: line 1: found \"#include <cstdio>\", expected a line such as"));
}

TEST(LackeyDecoder, refuses_long_text_that_is_no_trace_without_reading_all_of_it) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "once upon a time\n";
  EXPECT_THAT(decode_all(text + lackey_loads(5)).error,
              HasSubstr("line 1: found \"once upon a time\""));
  EXPECT_THAT(decode_all(std::string(1 << 20U, 'x')).error, HasSubstr("line 1: found \"xxxx"));
}

TEST(LackeyDecoder, refuses_chatter_without_an_access) {
  EXPECT_THAT(decode_all("==1== Lackey\n==1== Exit code: 0\n").error,
              HasSubstr("line 3: found the end and no access"));
}

TEST(LackeyDecoder, keeps_its_message_on_one_line) {
  const std::string error = decode_all("I  04000000,1\n\x01\"\\\xff" + std::string(100, 'z')).error;
  EXPECT_THAT(error, HasSubstr("found \"\\x01\\\"\\\\\\xffzzz"));
  EXPECT_EQ(error.find('\n'), std::string::npos);
}

TEST(LackeyDecoder, skips_chatter_longer_than_its_window) {
  const std::string chatter = "==1== Command: " + std::string(1 << 20U, 'a') + "\n";
  const Decoded trace = decode_all(chatter + "I  04000000,1\n" + chatter + "I  04000001,1\nbin\n");
  EXPECT_THAT(trace.accesses, ElementsAre(fetch_of(0x4000000, 1), fetch_of(0x4000001, 1)));
  EXPECT_THAT(trace.error, HasSubstr("line 5: found \"bin\""));
}

TEST(LackeyDecoder, does_not_care_how_the_bytes_arrive) {
  Random random(2024);
  std::string text;
  std::vector<MemoryAccess> expected;
  for (int i = 0; i < 3000; ++i) {
    const std::uint64_t address = random.next() >> (8 + random.below(56));
    const auto size = static_cast<std::uint32_t>(1 + random.below(random.below(4) == 0 ? 4096 : 9));
    switch (random.below(5)) {
      case 0:
        text += "==77== chatter\n";
        continue;
      case 1:
        text += fmt::format("I  {:08x},{}\n", address, size);
        break;
      case 2:
        text += fmt::format(" L {:08x},{}\n", address, size);
        break;
      case 3:
        text += fmt::format(" S {:08x},{}\n", address, size);
        break;
      default:
        text += fmt::format(" M {:08x},{}\n", address, size);
        break;
    }
    const char kind = text[text.rfind('\n', text.size() - 2) + 2];
    if (kind == ' ') expected.push_back(fetch_of(address, size));
    if (kind == 'L' || kind == 'M') expected.push_back(load_of(address, size));
    if (kind == 'S' || kind == 'M') expected.push_back(store_of(address, size));
  }
  for (const std::size_t piece : {1U, 2U, 7U, 61U, 4096U, 1U << 30U}) {
    const Decoded trace = decode_all(bytes_in_pieces(text, piece));
    EXPECT_EQ(trace.error, "");
    EXPECT_EQ(trace.accesses, expected) << "pieces of " << piece;
  }
}

TEST(LackeyDecoder, counts_lines_over_many_windows) {
  const Decoded trace = decode_all(lackey_loads(60'000) + "stop\n");
  EXPECT_EQ(trace.accesses.size(), 60'000U);
  EXPECT_THAT(trace.error, HasSubstr("line 60001: found \"stop\""));
}

}  // namespace
}  // namespace tlmmu
