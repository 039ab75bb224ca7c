// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/bad_input.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {
namespace {

struct BadCommandLine {
  const char* name;
  const char* words;     ///< as typed after `tlmmu`; good.lackey is a good trace
  const char* expected;  ///< in the message
};

void PrintTo(const BadCommandLine& bad, std::ostream* out) {
  *out << bad.name;
}

class BadCommandLineTest : public testing::TestWithParam<BadCommandLine> {};

TEST_P(BadCommandLineTest, is_refused) {
  const Workplace place;
  place.file("good.lackey", page_sweep(2, 1));
  place.file("empty.toml", "");
  const auto result =
      place.shell(std::string(TLMMU_COMMAND) + " " + GetParam().words + " < /dev/null");
  expect_refusal(place, result, GetParam().expected);
}

constexpr BadCommandLine kCases[] = {
    {"nothing", "", "expected a command: run, config, analyze, walk or cosim"},
    {"unknown_command", "jog", "found \"jog\", expected a command: run, config"},
    {"unknown_option_before_the_command", "--fast run --trace good.lackey", "--fast"},
    {"unknown_option", "run --trace good.lackey --fast", "--fast"},
    {"misspelt_option", "run --trase good.lackey", "--tra"},
    {"single_dash_option", "run -trace good.lackey", "-"},
    {"no_trace", "run", "--trace"},
    {"trace_without_value", "run --trace", "--trace"},
    {"stray_word", "run --trace good.lackey stray", "stray"},
    {"missing_trace_file", "run --trace none.lackey", "none.lackey"},
    {"directory_as_trace", "run --trace .", "directory"},
    {"empty_trace_name", "run --trace ''", ""},
    {"standard_input_twice", "run --trace - --trace -", "standard input"},
    {"empty_standard_input", "run --trace -", "standard input"},
    {"config_without_value", "run --trace good.lackey --config", "--config"},
    {"missing_config", "run --trace good.lackey --config none.toml", "none.toml"},
    {"directory_as_config", "run --trace good.lackey --config .", "directory"},
    {"config_twice", "run --trace good.lackey --config empty.toml --config empty.toml", "--config"},
    {"set_without_value", "run --trace good.lackey --set", "--set"},
    {"set_without_equals", "run --trace good.lackey --set cpu.clock", "KEY=VALUE"},
    {"set_without_key", "run --trace good.lackey --set =1", "KEY=VALUE"},
    {"set_of_nothing", "run --trace good.lackey --set cpu.clock=", "cpu.clock"},
    {"set_with_an_empty_part", "run --trace good.lackey --set cpu..clock=1GHz", "KEY=VALUE"},
    {"set_of_a_section", "run --trace good.lackey --set cpu=1", "section"},
    {"set_below_a_key", "run --trace good.lackey --set cpu.clock.rate=1GHz", "cpu.clock"},
    {"set_of_an_unknown_key", "run --trace good.lackey --set cpu.clokc=1GHz", "cpu.clock"},
    {"set_of_an_unknown_section", "run --trace good.lackey --set gpu.clock=1GHz", "gpu"},
    {"set_out_of_range", "run --trace good.lackey --set cpu.clock=1Hz", "from 1MHz to 10GHz"},
    {"set_negative", "run --trace good.lackey --set bus.latency=-1", "bus.latency"},
    {"set_of_a_float", "run --trace good.lackey --set bus.latency=1.5", "bus.latency"},
    {"set_with_a_newline", "run --trace good.lackey --set 'cpu.clock=\"1GHz\"\nx=1'", "cpu.clock"},
    {"set_that_smuggles_a_key", "run --trace good.lackey --set 'bus.latency=1\nsize=1'",
     "bus.latency"},
    {"limit_without_value", "run --trace good.lackey --limit", "--limit"},
    {"limit_zero", "run --trace good.lackey --limit 0", "--limit"},
    {"limit_negative", "run --trace good.lackey --limit -5", "--limit"},
    {"limit_of_letters", "run --trace good.lackey --limit many", "--limit"},
    {"limit_with_unknown_factor", "run --trace good.lackey --limit 5T", "--limit"},
    {"limit_of_a_fraction", "run --trace good.lackey --limit 0.5", "--limit"},
    {"limit_too_large", "run --trace good.lackey --limit 99999999999999999999G", "--limit"},
    {"stats_without_value", "run --trace good.lackey --stats", "--stats"},
    {"stats_into_no_directory", "run --trace good.lackey --stats none/out.json", "none/out.json"},
    {"stats_into_a_directory", "run --trace good.lackey --stats .", "not a regular file"},
    {"stats_below_a_file", "run --trace good.lackey --stats good.lackey/out.json", "good.lackey"},
    {"waves_without_value", "run --trace good.lackey --waves", "--waves"},
    {"waves_of_unknown_kind", "run --trace good.lackey --waves out.txt", "out.txt"},
    {"waves_without_an_ending", "run --trace good.lackey --waves out", ".fst"},
    {"waves_into_no_directory", "run --trace good.lackey --waves none/out.fst", "none/out.fst"},
    {"good_stats_and_bad_waves", "run --trace good.lackey --stats out.json --waves out.txt",
     "out.txt"},
    {"good_outputs_and_bad_trace", "run --trace none --stats out.json --waves out.fst", "none"},
    {"good_outputs_and_bad_config",
     "run --trace good.lackey --stats out.json --waves out.fst --set cpu.x=1", "cpu.x"},
    {"timeline_without_value", "run --trace good.lackey --timeline", "--timeline"},
    {"timeline_into_no_directory", "run --trace good.lackey --timeline none/out.csv",
     "none/out.csv"},
    {"timeline_into_a_directory", "run --trace good.lackey --timeline .", "not a regular file"},
    {"timeline_interval_without_a_timeline", "run --trace good.lackey --timeline-interval 1ms",
     "--timeline"},
    {"timeline_interval_without_value",
     "run --trace good.lackey --timeline out.csv --timeline-interval", "--timeline-interval"},
    {"timeline_interval_zero", "run --trace good.lackey --timeline out.csv --timeline-interval 0ms",
     "--timeline-interval"},
    {"timeline_interval_without_a_unit",
     "run --trace good.lackey --timeline out.csv --timeline-interval 5", "100us or 1ms"},
    {"timeline_interval_negative",
     "run --trace good.lackey --timeline out.csv --timeline-interval -5ms", "--timeline-interval"},
    {"timeline_interval_too_long",
     "run --trace good.lackey --timeline out.csv --timeline-interval 1001s", "1000s"},
    {"good_timeline_and_bad_trace", "run --trace none --timeline out.csv", "none"},
    {"config_with_no_action", "config", "option"},
    {"config_with_two_actions", "config --print --schema", ""},
    {"check_without_value", "config --check", "--check"},
    {"check_of_a_missing_file", "config --check none.toml", "none.toml"},
    {"check_of_a_directory", "config --check .", "directory"},
    {"print_of_a_bad_set", "config --print --set mmu.l2_tlb.ways=0", "mmu.l2_tlb.ways"},
    {"table_of_no_section", "config --table none", "none"},
    {"analyze_without_a_trace", "analyze", "either a trace or --scenario"},
    {"analyze_of_trace_and_scenario", "analyze good.lackey --scenario s.scn", "either a trace"},
    {"analyze_of_a_traces_process", "analyze good.lackey --process p", "--scenario"},
    {"analyze_of_a_missing_scenario", "analyze --scenario none.scn", "none.scn"},
    {"analyze_of_a_bad_scenario", "analyze --scenario good.lackey --json out.json",
     "good.lackey:1:1: expected a declaration"},
    {"analyze_of_two_traces", "analyze good.lackey good.lackey", "good.lackey"},
    {"analyze_of_a_missing_trace", "analyze none.lackey", "none.lackey"},
    {"analyze_of_a_directory", "analyze .", "directory"},
    {"analyze_of_empty_standard_input", "analyze -", "standard input"},
    {"analyze_of_text", "analyze empty.toml --json out.json --csv out.csv", "empty.toml"},
    {"analyze_of_a_machine", "analyze good.lackey --set memory.size=1MiB", "--set"},
    {"page_size_without_value", "analyze good.lackey --page-size", "--page-size"},
    {"page_size_of_nothing", "analyze good.lackey --page-size ''", "--page-size"},
    {"page_size_unknown", "analyze good.lackey --page-size 8KiB", "4KiB, 2MiB or 1GiB"},
    {"frames_without_value", "analyze good.lackey --frames", "--frames"},
    {"frames_of_nothing", "analyze good.lackey --frames ''", "--frames"},
    {"frames_zero", "analyze good.lackey --frames 4,0", "--frames"},
    {"frames_negative", "analyze good.lackey --frames -4", "--frames"},
    {"frames_with_a_gap", "analyze good.lackey --frames 4,,8", "--frames"},
    {"frames_that_end_in_a_comma", "analyze good.lackey --frames 4,", "--frames"},
    {"frames_of_letters", "analyze good.lackey --frames few", "--frames"},
    {"analyze_limit_zero", "analyze good.lackey --limit 0", "--limit"},
    {"json_without_value", "analyze good.lackey --json", "--json"},
    {"json_into_a_directory", "analyze good.lackey --json .", "not a regular file"},
    {"csv_into_no_directory", "analyze good.lackey --json out.json --csv none/out.csv",
     "none/out.csv"},
    {"good_analysis_outputs_and_bad_trace", "analyze none --json out.json --csv out.csv", "none"},
    {"statistics_of_no_group", "config --stats-table none", "none"},
    {"walk_without_a_case", "walk", "case"},
    {"walk_of_two_cases", "walk - -", "not expected"},
    {"walk_of_a_missing_case", "walk none.case", "none.case: cannot be opened"},
    {"walk_of_a_directory", "walk .", "directory"},
    {"walk_of_empty_standard_input", "walk -", "standard input:1: found the end of the case"},
    {"walk_of_a_trace", "walk good.lackey", "good.lackey:1: found"},
    {"walk_of_binary", "walk /dev/zero", "/dev/zero:1: found a longer line"},
    {"walk_with_an_unknown_option", "walk - --fast", "--fast"},
    {"walk_cold_of_a_machine", "walk - --set mmu.l1_dtlb.entries=16", "--warm"},
    {"walk_cold_of_a_configuration", "walk - --config empty.toml", "--warm"},
    {"walk_warm_of_a_bad_machine", "walk - --warm --set mmu.l1_dtlb.entries=x", "mmu.l1_dtlb"},
    {"walk_warm_of_a_missing_machine", "walk - --warm --config none.toml", "none.toml"},
};

INSTANTIATE_TEST_SUITE_P(All, BadCommandLineTest, testing::ValuesIn(kCases),
                         case_name<BadCommandLine>);

}  // namespace
}  // namespace tlmmu
