// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/workload/scenario/scenario.h"

namespace tlmmu::scenario {
namespace {

struct BadScenario {
  const char* name;
  const char* text;
  const char* message;  ///< whole
};

void PrintTo(const BadScenario& bad, std::ostream* out) {
  *out << bad.name;
}

class BadScenarioTest : public ::testing::TestWithParam<BadScenario> {};

TEST_P(BadScenarioTest, is_refused_with_line_and_column) {
  try {
    parse_scenario(GetParam().text, "t");
    FAIL() << "was taken";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), GetParam().message);
  }
}

#define STATEMENT_LIST                                                                          \
  "a statement (map, unmap, share, unshare, remove, brk, protect, lock, unlock, sync, advise, " \
  "pread, pwrite, "                                                                             \
  "touch, read, write, execute, supervisor, compute, fork, exec, wait, exit or loop)"

constexpr BadScenario kCases[] = {
    {"nothing", "", "t:1:1: expected a process, found the end of the file"},
    {"no_process", "seed 1\n", "t:2:1: expected a process, found the end of the file"},
    {"unknown_declaration", "jump 3",
     "t:1:1: expected a declaration (seed, set, file, program, boot, process or expect), found "
     "\"jump\""},
    {"stray_brace", "process p { }\n}",
     "t:2:1: expected a declaration (seed, set, file, program, boot, process or expect), found "
     "\"}\""},
    {"bytes", "\xff\x01",
     "t:1:1: expected a declaration (seed, set, file, program, boot, process or expect), found "
     "\"\\xff\""},
    {"seed_of_letters", "seed x", "t:1:6: expected a seed, as in 42, found \"x\""},
    {"set_without_value", "set a.b =   # none\n", "t:1:13: expected a value, found nothing"},
    {"set_without_equals", "set a.b 3", "t:1:9: expected \"=\", found \"3\""},
    {"file_of_a_half_page", "file f 2048",
     "t:1:8: expected whole pages of 4 KiB, at least one, found 2048 bytes"},
    {"file_twice", "file f 4KiB\nfile f 4KiB", "t:2:6: there is a file \"f\" already"},
    {"program_with_an_unknown_part", "program p {\nheap 4KiB\n}",
     "t:2:1: expected text, data, bss or \"}\", found \"heap\""},
    {"program_that_does_not_end", "program p {\ntext 4KiB\n",
     "t:3:1: expected text, data, bss or \"}\", found the end of the file"},
    {"process_without_a_name", "process { }",
     "t:1:9: expected a name for the process, found \"{\""},
    {"process_with_a_dotted_name", "process a.b { }",
     "t:1:9: expected a name for the process, found \"a.b\""},
    {"process_twice", "process p { }\nprocess p { }", "t:2:9: there is a process \"p\" already"},
    {"process_and_nothing", "process p\n",
     "t:1:10: expected runs, trace or \"{\", found the end of the line"},
    {"process_of_no_program", "process p runs q { }", "t:1:16: there is no program \"q\" above"},
    {"process_of_an_unquoted_trace", "process p trace a",
     "t:1:17: expected the trace's path in quotes, found \"a\""},
    {"trace_with_an_open_quote", "process p trace \"a\n",
     "t:1:17: expected the trace's path in quotes, found \"\\\"\""},
    {"block_that_does_not_end", "process p {\nexit\n",
     "t:3:1: expected \"}\", found the end of the file"},
    {"unknown_statement", "process p {\n  jump\n}",
     "t:2:3: expected " STATEMENT_LIST ", found \"jump\""},
    {"two_statements_on_a_line", "process p {\nexit exit\n}",
     "t:2:6: expected the end of the line, found \"exit\""},
    {"map_without_a_size", "process p {\nmap a\n}",
     "t:2:6: expected a size, as in 4096, 64KiB or 16 pages, found the end of the line"},
    {"map_of_an_unknown_unit", "process p {\nmap a 4KB\n}",
     "t:2:7: expected a size, as in 4096, 64KiB or 16 pages, found \"4KB\""},
    {"map_of_too_much", "process p {\nmap a 99999999TiB\n}",
     "t:2:7: expected a size, as in 4096, 64KiB or 16 pages, found \"99999999TiB\""},
    {"map_of_too_many_pages", "process p {\nmap a 99999999999999 pages\n}",
     "t:2:7: expected a size, as in 4096, 64KiB or 16 pages, found \"99999999999999\""},
    {"map_of_nothing", "process p {\nmap a 0\n}",
     "t:2:7: expected whole pages of 4 KiB, at least one, found 0 bytes"},
    {"map_twice", "process p {\nmap a 4KiB\nmap a 4KiB\n}",
     "t:3:5: there is a region \"a\" already"},
    {"map_over_the_heap", "process p {\nmap heap 4KiB\n}",
     "t:2:5: there is a region \"heap\" already"},
    {"map_called_address", "process p {\nmap address 4KiB\n}",
     "t:2:5: \"address\" cannot be a region's name"},
    {"map_with_an_unknown_option", "process p {\nmap a 4KiB fast\n}",
     "t:2:12: expected file, shared, private, at, permissions (r, rw, rx, ...) or the end of the "
     "line, found \"fast\""},
    {"map_of_no_file", "process p {\nmap a 4KiB file f\n}", "t:2:17: there is no file \"f\" above"},
    {"map_at_an_odd_address", "process p {\nmap a 4KiB at 0x1001\n}",
     "t:2:15: expected the address of a page"},
    {"map_at_a_decimal_address", "process p {\nmap a 4KiB at 4096\n}",
     "t:2:15: expected an address, as in 0x10000, found \"4096\""},
    {"touch_of_no_region", "process p {\ntouch a\n}", "t:2:7: there is no region \"a\" here"},
    {"touch_of_the_parents_later_region", "process p {\nfork { map a 4KiB }\ntouch a\n}",
     "t:3:7: there is no region \"a\" here"},
    {"touch_after_exec", "program q {\n}\nprocess p {\nmap a 4KiB\nexec q\ntouch a\n}",
     "t:6:7: there is no region \"a\" here"},
    {"touch_beyond_a_region", "process p {\nmap a 4KiB\ntouch a[0..8KiB]\n}",
     "t:3:9: the part ends beyond \"a\", which has 4096 bytes"},
    {"touch_of_an_empty_part", "process p {\nmap a 8KiB\ntouch a[4KiB..4KiB]\n}",
     "t:3:9: expected a part that is not empty"},
    {"touch_of_all_of_the_stack", "process p {\ntouch stack\n}",
     "t:2:7: expected a part of the stack, as in stack[0..64KiB]"},
    {"touch_of_a_bss_that_is_not_there", "process p {\ntouch bss\n}",
     "t:2:7: the program has no \"bss\""},
    {"part_without_an_end", "process p {\nmap a 8KiB\ntouch a[0]\n}",
     "t:3:10: expected \"..\", found \"]\""},
    {"random_without_a_count", "process p {\nmap a 8KiB\ntouch a random\n}",
     "t:3:15: expected \"count\": this pattern has no end of its own, found the end of the line"},
    {"count_zero", "process p {\nmap a 8KiB\ntouch a count 0\n}",
     "t:3:15: expected a count of at least 1, as in 1000 or 10k, found \"0\""},
    {"count_twice", "process p {\nmap a 8KiB\ntouch a count 1 count 2\n}",
     "t:3:17: count is given twice"},
    {"stride_zero", "process p {\nmap a 8KiB\ntouch a stride 0\n}",
     "t:3:9: expected a stride of at least 1"},
    {"stride_of_random", "process p {\nmap a 8KiB\ntouch a random stride 8 count 1\n}",
     "t:3:16: expected \"count\": this pattern has no end of its own, found \"stride\""},
    {"size_zero", "process p {\nmap a 8KiB\nread a size 0\n}",
     "t:3:13: expected a size of 1 to 4096 bytes"},
    {"writes_of_a_read", "process p {\nmap a 8KiB\nread a writes 50%\n}",
     "t:3:8: expected the end of the line, found \"writes\""},
    {"writes_above_all", "process p {\nmap a 8KiB\ntouch a writes 101%\n}",
     "t:3:16: expected a share of 0 to 100 %"},
    {"zipf_without_an_exponent", "process p {\nmap a 8KiB\ntouch a zipf count 3\n}",
     "t:3:14: expected an exponent above 0 up to 4, as in 0.8, found \"count\""},
    {"zipf_of_too_many_digits", "process p {\nmap a 8KiB\ntouch a zipf 0.80001 count 3\n}",
     "t:3:14: expected an exponent above 0 up to 4, as in 0.8, found \"0.80001\""},
    {"zipf_of_too_many_pages", "process p {\nmap a 1TiB\ntouch a zipf 1 count 3\n}",
     "t:3:9: zipf takes at most 16777216 pages"},
    {"working_set_without_a_rate", "process p {\nmap a 8KiB\ntouch a working_set 4KiB count 3\n}",
     "t:3:26: expected \"every\", found \"count\""},
    {"address_beyond_the_end", "process p {\nread address 0xffffffffffffffff 2\n}",
     "t:2:14: expected a range of at least one byte below 2^64"},
    {"pread_without_a_file", "process p {\npread data\n}", "t:2:7: the program has no \"data\""},
    {"pread_of_nothing", "process p {\nmap x 4KiB\npread x\n}",
     "t:3:8: expected \"file\", found the end of the line"},
    {"pread_of_an_unknown_file", "process p {\nmap x 4KiB\npread x file g\n}",
     "t:3:14: there is no file \"g\" above"},
    {"pwrite_beyond_the_end_of_its_file",
     "file f 4KiB\nprocess p {\nmap x 4KiB\npwrite x file f offset 8\n}",
     "t:4:15: bytes 8 to 4104 are beyond the end of file \"f\", which has 4096 bytes"},
    {"pwrite_far_beyond_the_end_of_its_file",
     "file f 4KiB\nprocess p {\npwrite heap file f offset 5KiB\n}",
     "t:3:18: bytes 5120 to 5120 are beyond the end of file \"f\", which has 4096 bytes"},
    {"boot_of_a_region", "boot {\nread text\n}", "t:2:6: expected \"address\", found \"text\""},
    {"boot_that_maps", "boot {\nmap x 4KiB\n}",
     "t:2:1: expected touch, read, write, execute or loop, found \"map\""},
    {"boot_with_an_empty_loop", "boot {\nloop 3 { }\n}",
     "t:2:10: expected touch, read, write, execute or loop, found \"}\""},
    {"boot_twice", "boot { }\nboot { }", "t:2:1: there is a boot block already"},
    {"supervisor_that_does_nothing", "process p {\nsupervisor sum\n}",
     "t:2:15: expected sum, mxr or an access (touch, read, write or execute), found the end of the "
     "line"},
    {"supervisor_that_computes", "process p {\nsupervisor compute 5\n}",
     "t:2:12: expected sum, mxr or an access (touch, read, write or execute), found \"compute\""},
    {"supervisor_with_mxr_first", "process p {\nsupervisor mxr sum read text\n}",
     "t:2:16: expected sum, mxr or an access (touch, read, write or execute), found \"sum\""},
    {"compute_nothing", "process p {\ncompute 0\n}",
     "t:2:9: expected a count of instructions, at least 1, found \"0\""},
    {"unmap_of_a_half_page", "process p {\nmap a 8KiB\nunmap a[0..2KiB]\n}",
     "t:3:7: expected whole pages of 4 KiB"},
    {"protect_without_permissions", "process p {\nmap a 8KiB\nprotect a\n}",
     "t:3:10: expected permissions (none, r, rw, rx, rwx or x), found the end of the line"},
    {"advise_nothing", "process p {\nmap a 8KiB\nadvise a hurry\n}",
     "t:3:10: expected advice (dont_need or huge_page), found \"hurry\""},
    {"brk_of_a_half_page", "process p {\nbrk 100\n}", "t:2:5: expected whole pages of 4 KiB"},
    {"share_of_another_size", "process p { share a 4KiB }\nprocess q { share a 8KiB }",
     "t:2:19: segment \"a\" has 4096 bytes where it is shared first"},
    {"unshare_of_a_region", "process p {\nmap a 4KiB\nunshare a\n}",
     "t:3:9: there is no shared segment \"a\" here"},
    {"remove_of_a_region", "process p {\nmap a 4KiB\nremove a\n}",
     "t:3:8: there is no shared segment \"a\" here"},
    {"fork_with_a_name_that_is_taken", "process p { fork p { } }",
     "t:1:18: there is a process \"p\" already"},
    {"fork_without_a_block", "process p {\nfork\n}",
     "t:2:5: expected \"{\", found the end of the line"},
    {"exec_of_no_program", "process p {\nexec q\n}", "t:2:6: there is no program \"q\" above"},
    {"loop_of_nothing", "process p {\nloop 3 { }\n}",
     "t:2:10: expected " STATEMENT_LIST ", found \"}\""},
    {"loop_without_a_count", "process p {\nloop { exit }\n}",
     "t:2:6: expected how many times, at least 1, found \"{\""},
    {"expectation_without_a_comparison", "process p { }\nexpect a.b",
     "t:2:11: expected ==, !=, <, <=, > or >=, found the end of the file"},
    {"expectation_with_one_equals", "process p { }\nexpect a.b = 3",
     "t:2:12: expected ==, !=, <, <=, > or >=, found \"=\""},
    {"expectation_of_an_unknown_unit", "process p { }\nexpect a.b == 3KB",
     "t:2:15: expected a number, as in 256, 4MiB or 3ms, or a statistic, found \"3KB\""},
    {"expectation_of_no_process", "process p { }\nexpect killed q out_of_memory",
     "t:2:1: there is no process \"q\""},
    {"expectation_without_a_reason", "process p { }\nexpect killed p",
     "t:2:16: expected why it is killed, as in out_of_memory, found the end of the file"},
};

std::string case_name(const ::testing::TestParamInfo<BadScenario>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(All, BadScenarioTest, ::testing::ValuesIn(kCases), case_name);

TEST(BadScenario, of_blocks_nested_without_end_is_refused) {
  std::string text = "process p ";
  for (int i = 0; i < 10'000; ++i) text += "{\nloop 1 ";
  EXPECT_THROW(parse_scenario(text, "t"), InputError);
}

}  // namespace
}  // namespace tlmmu::scenario
