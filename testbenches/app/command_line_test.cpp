// SPDX-License-Identifier: Apache-2.0
#include "models/app/command_line.h"

#include <gmock/gmock.h>

#include "models/base/error.h"

namespace tlmmu {
namespace {

using testing::HasSubstr;

Command parse(std::vector<const char*> words) {
  words.insert(words.begin(), "tlmmu");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

std::string problem_of(const std::vector<const char*>& words) {
  try {
    parse(words);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(CommandLine, run_takes_several_traces_and_settings) {
  const auto run = std::get<RunOptions>(
      parse({"run", "--trace", "a", "--trace", "b", "--config", "m.toml", "--set", "cpu.clock=1GHz",
             "--set", "bus.latency=3", "--limit", "10M", "--stats", "s.json", "--waves", "w.fst",
             "--verify", "--quiet"}));
  EXPECT_EQ(run.traces, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(run.configuration.file, "m.toml");
  EXPECT_EQ(run.configuration.sets.size(), 2U);
  EXPECT_EQ(run.limit, 10'000'000U);
  EXPECT_EQ(run.stats, "s.json");
  EXPECT_EQ(run.waves, "w.fst");
  EXPECT_TRUE(run.verify);
  EXPECT_TRUE(run.quiet);
}

TEST(CommandLine, a_dash_is_a_trace) {
  EXPECT_EQ(std::get<RunOptions>(parse({"run", "--trace", "-"})).traces[0], "-");
}

TEST(CommandLine, config_does_one_thing_at_a_time) {
  EXPECT_EQ(std::get<ConfigOptions>(parse({"config", "--schema"})).action,
            ConfigOptions::Action::schema);
  EXPECT_EQ(std::get<ConfigOptions>(parse({"config", "--check", "x"})).argument, "x");
  EXPECT_NE(problem_of({"config"}), "no error");
  EXPECT_NE(problem_of({"config", "--print", "--schema"}), "no error");
}

TEST(CommandLine, help_and_version_are_texts) {
  EXPECT_THAT(std::get<ShowText>(parse({"--help"})).text, HasSubstr("run"));
  EXPECT_THAT(std::get<ShowText>(parse({"run", "--help"})).text, HasSubstr("--trace"));
  EXPECT_THAT(std::get<ShowText>(parse({"--version"})).text, HasSubstr("tlmmu 0"));
}

TEST(CommandLine, what_is_wrong_is_named) {
  EXPECT_NE(problem_of({}), "no error");
  EXPECT_THAT(problem_of({"walk-about"}), HasSubstr("walk-about"));
  EXPECT_THAT(problem_of({"run"}), HasSubstr("--trace"));
  EXPECT_THAT(problem_of({"run", "--trace"}), HasSubstr("--trace"));
  EXPECT_THAT(problem_of({"run", "--trace", "x", "--colour"}), HasSubstr("--colour"));
  for (const char* limit : {"0", "-1", "many", "10Q", ""}) {
    EXPECT_NE(problem_of({"run", "--trace", "x", "--limit", limit}), "no error") << limit;
  }
}

TEST(CommandLine, a_machine_comes_from_defaults_file_and_sets) {
  ConfigurationOptions options;
  options.sets = {"cpu.clock=1GHz"};
  EXPECT_EQ(load_machine(options).cpu.clock.hertz(), 1'000'000'000U);
  options.sets = {"cpu.clokc=1GHz"};
  EXPECT_THROW(load_machine(options), InputError);
}

}  // namespace
}  // namespace tlmmu
