// SPDX-License-Identifier: Apache-2.0
#include "models/config/document.h"

#include <gmock/gmock.h>

#include "models/base/error.h"
#include "testbenches/config/sample_machine.h"

namespace tlmmu::config {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

SampleMachine loaded(const std::string& text, const std::vector<std::string>& sets = {}) {
  Document document;
  document.read_text(text, "m.toml");
  for (const auto& assignment : sets) document.set(assignment);
  SampleMachine machine;
  document.load(machine);
  return machine;
}

std::string problem_of(const std::string& text, const std::vector<std::string>& sets = {}) {
  try {
    loaded(text, sets);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Document, what_is_not_named_keeps_its_default) {
  const SampleMachine machine = loaded("");
  EXPECT_EQ(machine.part.entries, 64U);
  EXPECT_EQ(machine.part.latency, nanoseconds(10));
}

TEST(Document, every_type_of_key_is_read) {
  const auto part = loaded(R"([part]
entries = 12
size = "8KiB"
latency = "2.5ns"
clock = "1GHz"
enabled = false
file = "a b"
colour = "green"
green_delay = "7ns"
pages = ["2MiB", "1GiB"])")
                        .part;
  EXPECT_EQ(part.entries, 12U);
  EXPECT_EQ(part.size, kibibytes(8));
  EXPECT_EQ(part.latency, Picoseconds(2500));
  EXPECT_EQ(part.clock.period(), Picoseconds(1000));
  EXPECT_FALSE(part.enabled);
  EXPECT_EQ(part.file, "a b");
  EXPECT_EQ(part.colour, Colour::green);
  EXPECT_EQ(part.green_delay, nanoseconds(7));
  EXPECT_EQ(part.pages, PageSizeSet().with(PageSize::k2MiB).with(PageSize::k1GiB));
}

TEST(Document, set_wins_over_the_file_and_the_last_set_wins) {
  const auto machine = loaded("[part]\nentries = 8", {"part.entries=16", "part.entries=32"});
  EXPECT_EQ(machine.part.entries, 32U);
}

TEST(Document, set_takes_bare_words_and_toml_values) {
  const auto part =
      loaded("", {"part.size=16KiB", "part.colour=green", "part.pages=[\"4KiB\"]"}).part;
  EXPECT_EQ(part.size, kibibytes(16));
  EXPECT_EQ(part.colour, Colour::green);
}

TEST(Document, all_problems_are_told_at_once_with_line_key_value_and_range) {
  EXPECT_THAT(problem_of("[part]\nentries = 0\nsize = \"3 MiB\"\ncolour = \"blue\"\n"),
              AllOf(HasSubstr("m.toml:2: part.entries = 0: expected a whole number from 1 to 1024"),
                    HasSubstr("m.toml:3: part.size = "), HasSubstr("from 1KiB to 1MiB"),
                    HasSubstr("m.toml:4: part.colour"), HasSubstr("\"red\", \"green\"")));
}

TEST(Document, a_problem_of_a_set_names_the_set) {
  EXPECT_THAT(problem_of("", {"part.entries=-4"}), HasSubstr("--set part.entries = -4"));
}

TEST(Document, an_unknown_key_is_an_error_with_a_suggestion) {
  EXPECT_THAT(problem_of("[part]\nentires = 5"),
              HasSubstr("m.toml:2: part.entires: no such key; did you mean part.entries?"));
  EXPECT_THAT(problem_of("[prat]\nentries = 5"), HasSubstr("prat: no such section"));
  EXPECT_THAT(problem_of("", {"part.entries.x=5"}), HasSubstr("whole number"));
}

TEST(Document, a_key_without_effect_is_an_error_that_names_its_condition) {
  EXPECT_THAT(problem_of("[part]\ngreen_delay = \"1ns\""),
              HasSubstr("part.green_delay = '1ns': has no effect; it needs colour = \"green\""));
}

TEST(Document, rules_across_keys_are_checked_once_the_keys_are_good) {
  EXPECT_THAT(problem_of("[part]\nways = 3"), HasSubstr("part.ways = 3: must divide entries"));
  EXPECT_THAT(problem_of("[part]\nways = 0"), Not(HasSubstr("must divide")));
}

TEST(Document, wrong_types_are_errors) {
  for (const char* line : {"entries = \"many\"", "entries = 1.5", "size = 1.5", "latency = 5",
                           "clock = 5", "enabled = 1", "file = 3", "colour = 1", "pages = []",
                           "pages = \"4KiB\"", "pages = [4096]", "pages = [\"3MiB\"]"}) {
    EXPECT_THAT(problem_of(std::string("[part]\n") + line), HasSubstr("m.toml:2: part.")) << line;
  }
  EXPECT_THAT(problem_of("part = 3"), HasSubstr("a section [part]"));
}

TEST(Document, broken_toml_names_line_and_column) {
  EXPECT_THAT(problem_of("[part]\nentries = = 4"), HasSubstr("m.toml:2:"));
}

TEST(Document, a_set_without_a_key_or_value_is_refused) {
  Document document;
  EXPECT_THROW(document.set("part.entries"), InputError);
  EXPECT_THROW(document.set("=4"), InputError);
  EXPECT_THROW(document.set("part..entries=4"), InputError);
  document.read_text("part = 1", "m.toml");
  EXPECT_THROW(document.set("part.entries=4"), InputError);
}

TEST(Document, a_missing_file_and_a_directory_are_named) {
  Document document;
  EXPECT_THROW(document.read_file("/nowhere/machine.toml"), InputError);
  EXPECT_THROW(document.read_file("/"), InputError);
}

}  // namespace
}  // namespace tlmmu::config
