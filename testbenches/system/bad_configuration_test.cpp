// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/bad_input.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {
namespace {

struct BadConfiguration {
  const char* name;
  const char* toml;
  const char* expected;  ///< in the message: the line, the key, the reason
};

void PrintTo(const BadConfiguration& bad, std::ostream* out) {
  *out << bad.name;
}

class BadConfigurationTest : public testing::TestWithParam<BadConfiguration> {};

TEST_P(BadConfigurationTest, is_refused_by_check) {
  const Workplace place;
  place.file("m.toml", GetParam().toml);
  expect_refusal(place, place.tlmmu({"config", "--check", "m.toml"}), GetParam().expected);
}

TEST_P(BadConfigurationTest, is_refused_by_run) {
  const Workplace place;
  place.file("m.toml", GetParam().toml);
  place.file("t", page_sweep(2, 1));
  expect_refusal(place,
                 place.tlmmu({"run", "--trace", "t", "--config", "m.toml", "--stats", "out.json",
                              "--waves", "out.fst"}),
                 GetParam().expected);
}

constexpr BadConfiguration kSyntax[] = {
    {"no_toml", "this is not toml", "m.toml:1:"},
    {"open_string", "[cpu]\nclock = \"1GHz", "m.toml:2:"},
    {"open_section", "[cpu\nclock = \"1GHz\"", "m.toml:1:"},
    {"two_equals", "[bus]\nlatency = = 3", "m.toml:2:"},
    {"key_twice", "[bus]\nlatency = 1\nlatency = 2", "m.toml:3:"},
    {"section_twice", "[bus]\nlatency = 1\n[bus]\n", "m.toml:3:"},
    {"no_value", "[bus]\nlatency =", "m.toml:2:"},
    {"bad_escape", "[swap_disk]\nbacking_file = \"\\q\"", "m.toml:2:"},
    {"zero_byte", "[bus]\nlatency = \1", "m.toml:2:"},
    {"number_with_letters", "[bus]\nlatency = 3x", "m.toml:2:"},
    {"number_overflow", "[bus]\nlatency = 99999999999999999999999", "m.toml:2:"},
    {"leading_zero", "[bus]\nlatency = 007", "m.toml:2:"},
    {"invalid_utf8", "[bus]\nlatency = \"\xff\"", "m.toml:2:"},
};

constexpr BadConfiguration kNames[] = {
    {"key_outside_a_section", "clock = \"1GHz\"", "m.toml:1: clock: no such key"},
    {"unknown_section", "[gpu]\nclock = \"1GHz\"", "gpu: no such section"},
    {"unknown_key", "[cpu]\nvoltage = 1", "m.toml:2: cpu.voltage: no such key"},
    {"misspelt_key", "[mmu.l2_tlb]\nentires = 64", "did you mean mmu.l2_tlb.entries?"},
    {"misspelt_section", "[mmu.l2_tbl]\nentries = 64", "mmu.l2_tbl"},
    {"wrong_case", "[cpu]\nClock = \"1GHz\"", "did you mean cpu.clock?"},
    {"section_as_value", "cpu = 3", "section"},
    {"section_as_array", "[[cpu]]\nclock = \"1GHz\"", "section"},
    {"key_as_section", "[cpu.clock]\nrate = 1", "cpu.clock"},
    {"deep_unknown", "[mmu.ptw.walk_cache.level9]\nentries = 4", "level9"},
    {"quoted_key_with_dot", "[cpu]\n\"clock.x\" = 1", "clock.x"},
};

constexpr BadConfiguration kValues[] = {
    {"clock_number", "[cpu]\nclock = 1000000000",
     "m.toml:2: cpu.clock = 1000000000: expected a freq"},
    {"clock_zero", "[cpu]\nclock = \"0GHz\"", "from 1MHz to 10GHz"},
    {"clock_negative", "[cpu]\nclock = \"-1GHz\"", "cpu.clock"},
    {"clock_unknown_unit", "[cpu]\nclock = \"1THz\"", "cpu.clock"},
    {"clock_without_unit", "[cpu]\nclock = \"1\"", "cpu.clock"},
    {"clock_list", "[cpu]\nclock = [\"1GHz\"]", "cpu.clock"},
    {"clock_date", "[cpu]\nclock = 1979-05-27", "cpu.clock"},
    {"instruction_cycles_negative", "[cpu]\ninstruction_cycles = -1", "from 0 to 1000"},
    {"quantum_zero", "[simulation]\nquantum = \"0ns\"", "simulation.quantum"},
    {"quantum_too_long", "[simulation]\nquantum = \"1s\"", "simulation.quantum"},
    {"quantum_number", "[simulation]\nquantum = 10", "a time from"},
    {"seed_negative", "[simulation]\nseed = -1", "simulation.seed"},
    {"seed_text", "[simulation]\nseed = \"lucky\"", "simulation.seed"},
    {"mode_unknown", "[mmu]\nmode = \"sv40\"", "\"sv39\", \"sv48\""},
    {"mode_number", "[mmu]\nmode = 39", "mmu.mode"},
    {"entries_zero", "[mmu.l1_dtlb]\nentries = 0", "mmu.l1_dtlb.entries = 0"},
    {"entries_negative", "[mmu.l1_dtlb]\nentries = -64", "mmu.l1_dtlb.entries"},
    {"entries_float", "[mmu.l1_dtlb]\nentries = 64.0", "mmu.l1_dtlb.entries"},
    {"entries_huge", "[mmu.l1_dtlb]\nentries = 9000000000000000000", "mmu.l1_dtlb.entries"},
    {"entries_bool", "[mmu.l1_dtlb]\nentries = true", "mmu.l1_dtlb.entries"},
    {"ways_zero", "[mmu.l1_dtlb]\nways = 0", "mmu.l1_dtlb.ways"},
    {"ways_do_not_divide", "[mmu.l1_dtlb]\nentries = 64\nways = 3",
     "m.toml:3: mmu.l1_dtlb.ways = 3"},
    {"more_ways_than_entries", "[mmu.l1_dtlb]\nentries = 4\nways = 8", "mmu.l1_dtlb.ways"},
    {"tree_plru_of_three_ways",
     "[mmu.l1_dtlb]\nentries = 12\nways = 3\nreplacement = \"tree_plru\"", "power of two"},
    {"unknown_policy", "[mmu.l1_dtlb]\nreplacement = \"magic\"", "\"lru\""},
    {"page_of_3_mib", "[mmu.l1_dtlb]\npage_sizes = [\"3MiB\"]", "a list of at least one page size"},
    {"no_page_size", "[mmu.l1_dtlb]\npage_sizes = []", "mmu.l1_dtlb.page_sizes"},
    {"page_sizes_as_text", "[mmu.l1_dtlb]\npage_sizes = \"4KiB\"", "mmu.l1_dtlb.page_sizes"},
    {"inclusion_of_a_first_level", "[mmu.l1_dtlb]\ninclusion = \"exclusive\"", "inclusion"},
    {"inclusion_unknown", "[mmu.l2_tlb]\ninclusion = \"sometimes\"", "mmu.l2_tlb.inclusion"},
    {"enabled_as_number", "[mmu.l2_tlb]\nenabled = 1", "true or false"},
    {"walk_cache_ways", "[mmu.ptw.walk_cache.level1]\nentries = 8\nways = 5", "level1.ways"},
    {"ad_update_unknown", "[mmu.ptw]\nad_update = \"never\"", "mmu.ptw.ad_update"},
    {"pte_entry_unknown", "[mmu.ptw]\npte_entry = \"l3\"", "mmu.ptw.pte_entry"},
    {"step_latency_negative", "[mmu.ptw]\nstep_latency = -1", "mmu.ptw.step_latency"},
    {"cache_size_zero", "[cache.l1d]\nsize = 0", "cache.l1d.size"},
    {"cache_size_negative", "[cache.l1d]\nsize = -32768", "cache.l1d.size"},
    {"cache_size_text", "[cache.l1d]\nsize = \"big\"", "as in \"64KiB\""},
    {"cache_size_decimal_unit", "[cache.l1d]\nsize = \"32KB\"", "cache.l1d.size"},
    {"cache_line_of_48_bytes", "[cache.l1d]\nline = 48", "cache.l1d.line"},
    {"cache_ways_do_not_divide", "[cache.l1d]\nsize = \"32KiB\"\nways = 7", "cache.l1d.size"},
    {"write_policy_unknown", "[cache.l1d]\nwrite_policy = \"write_around\"", "write_policy"},
    {"bus_latency_text", "[bus]\nlatency = \"fast\"", "bus.latency"},
    {"memory_size_zero", "[memory]\nsize = 0", "memory.size"},
    {"memory_size_negative", "[memory]\nsize = -4096", "memory.size"},
    {"memory_size_odd", "[memory]\nsize = 4194305", "memory.size"},
    {"memory_larger_than_dram", "[memory]\nsize = \"8TiB\"", "memory.size"},
    {"dram_preset_unknown", "[dram]\npreset = \"DDR3-1600\"", "DDR4-2400"},
    {"dram_channels_zero", "[dram]\nchannels = 0", "dram.channels"},
    {"dram_banks_of_three", "[dram]\nbanks = 3", "dram.banks"},
    {"dram_trc_below_its_parts", "[dram]\ntRC = 1", "dram.tRC"},
    {"dram_tck_zero", "[dram]\ntCK = \"0ps\"", "dram.tCK"},
    {"row_policy_unknown", "[memory_controller]\nrow_policy = \"ajar\"", "row_policy"},
    {"row_timeout_without_timeout",
     "[memory_controller]\nrow_policy = \"open\"\nrow_timeout = \"1us\"", "has no effect"},
    {"address_mapping_of_nonsense", "[memory_controller]\naddress_mapping = \"banana\"",
     "address_mapping"},
    {"address_mapping_empty", "[memory_controller]\naddress_mapping = \"\"", "address_mapping"},
    {"disk_preset_unknown", "[swap_disk]\npreset = \"tape\"", "swap_disk.preset"},
    {"disk_capacity_zero", "[swap_disk]\ncapacity = 0", "swap_disk.capacity"},
    {"disk_queue_depth_zero", "[swap_disk]\nqueue_depth = 0", "swap_disk.queue_depth"},
    {"disk_rpm_of_an_ssd", "[swap_disk]\npreset = \"nvme_ssd\"\nrpm = 7200", "has no effect"},
    {"kernel_time_slice_zero", "[kernel]\ntime_slice = \"0ns\"", "kernel.time_slice"},
    {"kernel_time_slice_number", "[kernel]\ntime_slice = 5", "kernel.time_slice"},
    {"kernel_text_source_unknown", "[kernel]\ntext_source = \"tape\"", "kernel.text_source"},
};

/// Files that are fine in themselves, on a machine that has no room for them.
constexpr BadConfiguration kMachines[] = {
    {"several_problems_at_once", "[cpu]\nclock = 1\n[bus]\nlatency = -1\n",
     "m.toml:4: bus.latency"},
    {"reserved_memory_fills_it", "[memory]\nsize = \"1MiB\"\n[kernel]\nreserved = \"1MiB\"",
     "kernel.reserved"},
};

INSTANTIATE_TEST_SUITE_P(Syntax, BadConfigurationTest, testing::ValuesIn(kSyntax),
                         case_name<BadConfiguration>);
INSTANTIATE_TEST_SUITE_P(Names, BadConfigurationTest, testing::ValuesIn(kNames),
                         case_name<BadConfiguration>);
INSTANTIATE_TEST_SUITE_P(Values, BadConfigurationTest, testing::ValuesIn(kValues),
                         case_name<BadConfiguration>);
INSTANTIATE_TEST_SUITE_P(Machines, BadConfigurationTest, testing::ValuesIn(kMachines),
                         case_name<BadConfiguration>);

TEST(BadMachine, a_backing_file_that_cannot_be_opened_is_refused_when_the_machine_is_built) {
  const Workplace place;
  place.file("t", page_sweep(2, 1));
  for (const char* file : {".", "none/disk.img", "t/disk.img"}) {
    expect_refusal(place,
                   place.tlmmu({"run", "--trace", "t", "--stats", "out.json", "--set",
                                std::string("swap_disk.backing_file=") + file}),
                   file);
  }
}

}  // namespace
}  // namespace tlmmu
