// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <fstream>

#include "models/base/error.h"
#include "models/workload/scenario/scenario.h"
#include "testbenches/support/temporary_folder.h"

namespace tlmmu::scenario {
namespace {

using ::testing::HasSubstr;

Scenario parsed(const std::string& text) {
  return parse_scenario(text, "test.scn");
}

/// The statements of the only process.
Block body_of(const Scenario& scenario) {
  return std::get<ScriptedProcess>(scenario.processes.at(0).what).body;
}
Block statements(const std::string& lines) {
  return body_of(parsed("file f 1MiB\nprocess p {\n" + lines + "\n}\n"));
}
/// Statement `index` of `lines`, which is a What.
template <class What>
What nth(const std::string& lines, std::size_t index) {
  return std::get<What>(statements(lines).at(index).what);
}

TEST(Scenario, has_seed_settings_files_programs_processes_and_expectations) {
  const Scenario scenario = parsed(R"(
# a comment
seed 42
set memory.size = 1MiB        # the machine
set cpu.name = "a # b"
file lib 64KiB
program editor {
  text 16KiB
  data 2 pages
}
process first runs editor { }
process second trace "sort.gz"
process third {
  fork child { exit }
}
expect kernel.faults.minor == 256
expect kernel.swap_ins <= kernel.swap_outs
expect killed child out_of_memory
)");
  EXPECT_EQ(scenario.name, "test.scn");
  EXPECT_EQ(scenario.seed, 42U);
  ASSERT_EQ(scenario.settings.size(), 2U);
  EXPECT_EQ(scenario.settings[0].key, "memory.size");
  EXPECT_EQ(scenario.settings[0].value, "1MiB");
  EXPECT_EQ(scenario.settings[0].place.line, 4U);
  EXPECT_EQ(scenario.settings[1].value, "\"a # b\"");
  ASSERT_EQ(scenario.programs.size(), 2U);
  EXPECT_EQ(scenario.programs[1].data, Bytes(8192));
  EXPECT_EQ(scenario.files.at(scenario.programs[1].file.value()).length, Bytes(16384 + 8192));
  ASSERT_EQ(scenario.processes.size(), 3U);
  EXPECT_EQ(std::get<ScriptedProcess>(scenario.processes[0].what).program, ProgramId(1));
  EXPECT_EQ(std::get<TracedProcess>(scenario.processes[1].what).trace, "sort.gz");
  ASSERT_EQ(scenario.expectations.size(), 3U);
  const auto& number = std::get<StatisticExpectation>(scenario.expectations[0].what);
  EXPECT_EQ(number.statistic, "kernel.faults.minor");
  EXPECT_EQ(number.comparison, Comparison::equal);
  EXPECT_EQ(std::get<std::uint64_t>(number.value), 256U);
  const auto& other = std::get<StatisticExpectation>(scenario.expectations[1].what);
  EXPECT_EQ(other.comparison, Comparison::at_most);
  EXPECT_EQ(std::get<std::string>(other.value), "kernel.swap_outs");
  const auto& killed = std::get<KilledExpectation>(scenario.expectations[2].what);
  EXPECT_EQ(killed.process, "child");
  EXPECT_EQ(killed.reason, "out_of_memory");
}

TEST(Scenario, takes_bytes_times_and_counts_as_the_values_of_statistics) {
  const Scenario scenario =
      parsed("process p { }\nexpect a > 10k\nexpect b < 4MiB\nexpect c >= 3ns\nexpect d != 0");
  const auto value = [&](std::size_t i) {
    return std::get<std::uint64_t>(
        std::get<StatisticExpectation>(scenario.expectations.at(i).what).value);
  };
  EXPECT_EQ(value(0), 10'000U);
  EXPECT_EQ(value(1), 4U << 20U);
  EXPECT_EQ(value(2), 3'000U);
  EXPECT_EQ(value(3), 0U);
}

TEST(Scenario, without_a_last_newline_and_with_carriage_returns_is_the_same) {
  EXPECT_EQ(body_of(parsed("process p {\r\nexit\r\n}")).size(), 1U);
}

TEST(ScenarioMap, is_anonymous_private_and_writable_unless_told_otherwise) {
  const Map map = nth<Map>("map a 16 pages", 0);
  EXPECT_EQ(map.request.length, Bytes(65536));
  EXPECT_EQ(map.request.permissions.flags, kernel::kReadWrite.flags);
  EXPECT_EQ(map.request.sharing, kernel::Sharing::private_copy);
  EXPECT_FALSE(map.request.contents || map.request.fixed);
}

TEST(ScenarioMap, takes_file_offset_sharing_permissions_and_address) {
  const Map map = nth<Map>("map a 8KiB rx file f offset 4KiB shared at 0x200000", 0);
  EXPECT_EQ(map.request.permissions.flags, kernel::kReadExecute.flags);
  EXPECT_EQ(map.request.sharing, kernel::Sharing::shared);
  EXPECT_EQ(map.request.contents->page, 1U);
  EXPECT_EQ(map.request.contents->file, kernel::FileId(1));  // after the default program's
  EXPECT_EQ(map.request.fixed, VirtualAddress(0x200000));
}

TEST(ScenarioAccess, of_touch_is_one_store_to_each_page) {
  const Access touch = nth<Access>("map a 64KiB\ntouch a", 1);
  EXPECT_EQ(std::get<Sequential>(touch.pattern).stride, kPageBytes);
  EXPECT_EQ(touch.store_percent, 100U);
  EXPECT_FALSE(touch.count);
}

TEST(ScenarioAccess, of_read_write_and_execute_goes_through_the_range) {
  const std::string map = "map a 64KiB rwx\n";
  const Access read = nth<Access>(map + "read a", 1);
  EXPECT_EQ(read.type, AccessType::load);
  EXPECT_EQ(read.size, 8U);
  EXPECT_EQ(std::get<Sequential>(read.pattern).stride, Bytes(8));
  EXPECT_FALSE(read.count);
  EXPECT_EQ(nth<Access>(map + "write a", 1).type, AccessType::store);
  const Access execute = nth<Access>(map + "execute a sequential stride 64 count 10", 1);
  EXPECT_EQ(execute.type, AccessType::fetch);
  EXPECT_EQ(execute.size, 4U);
  EXPECT_EQ(std::get<Sequential>(execute.pattern).stride, Bytes(64));
  EXPECT_EQ(execute.count, 10U);
}

TEST(ScenarioAccess, takes_patterns_and_options_in_any_order) {
  const std::string map = "map a 64KiB\n";
  const Access zipf = nth<Access>(map + "touch a zipf 0.85 writes 30% count 1k size 4", 1);
  EXPECT_EQ(std::get<Zipf>(zipf.pattern).thousandths, 850U);
  EXPECT_EQ(zipf.store_percent, 30U);
  EXPECT_EQ(zipf.count, 1000U);
  EXPECT_EQ(zipf.size, 4U);
  const Access set = nth<Access>(map + "read a working_set 4 pages every 100 count 1M", 1);
  EXPECT_EQ(std::get<WorkingSet>(set.pattern).size, Bytes(16384));
  EXPECT_EQ(std::get<WorkingSet>(set.pattern).every, 100U);
  EXPECT_TRUE(
      std::holds_alternative<Uniform>(nth<Access>(map + "read a random count 1", 1).pattern));
}

TEST(ScenarioAccess, takes_parts_and_addresses) {
  const Access part = nth<Access>("map a 64KiB\nread a[4KiB..3 pages]", 1);
  EXPECT_EQ(part.range.begin, Bytes(4096));
  EXPECT_EQ(part.range.end, Bytes(12288));
  const Access address = nth<Access>("read address 0xdead0000", 0);
  EXPECT_EQ(std::get<VirtualAddress>(address.range.base), VirtualAddress(0xdead0000));
  EXPECT_EQ(address.range.end, Bytes(8));
  EXPECT_EQ(nth<Access>("read address 0x0 1 page", 0).range.end, Bytes(4096));
}

TEST(ScenarioCalls, move_any_bytes_between_a_file_and_a_buffer) {
  const Transfer read = nth<Transfer>("map a 64KiB\npread a[1..1000] file f offset 3", 1);
  EXPECT_EQ(read.direction, kernel::CopyDirection::to_user);
  EXPECT_EQ(read.file, kernel::FileId(1));  // after the default program's
  EXPECT_EQ(read.offset, Bytes(3));
  EXPECT_EQ(read.buffer.begin, Bytes(1));
  EXPECT_EQ(read.buffer.end, Bytes(1000));
  const Transfer write = nth<Transfer>("pwrite address 0x10 8 file f", 0);
  EXPECT_EQ(write.direction, kernel::CopyDirection::from_user);
  EXPECT_EQ(write.offset, Bytes(0));
}

TEST(ScenarioAccess, of_the_supervisor_says_what_it_allows_itself) {
  const Access of_process = nth<Access>("read text", 0);
  EXPECT_EQ(of_process.context, AccessContext());
  const Access plain = nth<Access>("supervisor execute text count 3", 0);
  EXPECT_EQ(plain.context.privilege, Privilege::supervisor);
  EXPECT_EQ(plain.context.sum, Sum::forbidden);
  EXPECT_EQ(plain.context.mxr, Mxr::off);
  EXPECT_EQ(plain.type, AccessType::fetch);
  EXPECT_EQ(plain.count, 3U);
  EXPECT_EQ(nth<Access>("supervisor sum touch text", 0).context.sum, Sum::permitted);
  const Access both = nth<Access>("supervisor sum mxr read text", 0);
  EXPECT_EQ(both.context.sum, Sum::permitted);
  EXPECT_EQ(both.context.mxr, Mxr::on);
}

TEST(ScenarioAccess, of_compute_is_a_loop_of_fetches_on_the_programs_first_page) {
  const Access compute = nth<Access>("compute 5000", 0);
  EXPECT_EQ(compute.type, AccessType::fetch);
  EXPECT_EQ(std::get<RegionId>(compute.range.base), kText);
  EXPECT_EQ(compute.range.end, kPageBytes);
  EXPECT_EQ(compute.count, 5000U);
}

TEST(ScenarioCalls, are_typed) {
  const std::string map = "map a 64KiB\n";
  EXPECT_EQ(nth<Unmap>(map + "unmap a[0..4KiB]", 1).range.end, Bytes(4096));
  EXPECT_EQ(nth<Protect>(map + "protect a r", 1).permissions.flags, kernel::kReadOnly.flags);
  EXPECT_EQ(nth<Lock>(map + "lock a", 1).range.end, Bytes(65536));
  EXPECT_EQ(nth<Unlock>(map + "unlock a", 1).range.begin, Bytes(0));
  EXPECT_EQ(nth<Sync>(map + "sync a[0..4KiB]", 1).range.end, Bytes(4096));
  nth<SyncAll>(map + "sync", 1);
  EXPECT_EQ(nth<Advise>(map + "advise a dont_need", 1).advice, kernel::Advice::dont_need);
  EXPECT_EQ(nth<Advise>(map + "advise a huge_page", 1).advice, kernel::Advice::huge_page);
  EXPECT_EQ(nth<Brk>("brk 1MiB", 0).length, Bytes(1U << 20U));
  EXPECT_EQ(nth<Wait>("wait", 0).what, Wait::For::one_child);
  EXPECT_EQ(nth<Wait>("wait all", 0).what, Wait::For::all_children);
  EXPECT_TRUE(std::holds_alternative<Exit>(statements("exit").at(0).what));
}

TEST(ScenarioCalls, find_a_shared_segment_by_its_name_in_every_process) {
  const Scenario scenario = parsed(
      "process p { share a 4KiB }\nprocess q {\nshare b 8KiB\nshare a 4KiB r\nremove a\nunshare "
      "a\n}\n");
  const auto& q = std::get<ScriptedProcess>(scenario.processes[1].what).body;
  const Share first = std::get<Share>(body_of(scenario).at(0).what);
  const Share second = std::get<Share>(q.at(1).what);
  EXPECT_EQ(first.key, second.key);
  EXPECT_NE(first.key, std::get<Share>(q.at(0).what).key);
  EXPECT_EQ(second.permissions.flags, kernel::kReadOnly.flags);
  EXPECT_EQ(std::get<Remove>(q.at(2).what).region, second.region);
  EXPECT_EQ(std::get<Unshare>(q.at(3).what).region, second.region);
}

TEST(ScenarioBlocks, nest) {
  const Fork fork = nth<Fork>("fork kid {\nloop 3 {\nexit\n}\n}", 0);
  EXPECT_EQ(fork.child, "kid");
  const Loop loop = std::get<Loop>(fork.body.at(0).what);
  EXPECT_EQ(loop.times, 3U);
  EXPECT_EQ(loop.body.at(0).place.line, 5U);
  EXPECT_EQ(loop.body.at(0).place.column, 1U);
  EXPECT_EQ(nth<Fork>("fork { exit }", 0).child, "");
}

TEST(ScenarioBlocks, give_the_regions_of_parent_and_child_different_numbers) {
  const Block block = statements("fork { map a 4KiB }\nmap a 4KiB");
  const auto& child = std::get<Fork>(block.at(0).what).body;
  EXPECT_NE(std::get<Map>(child.at(0).what).region, std::get<Map>(block.at(1).what).region);
}

TEST(ScenarioBlocks, know_the_regions_of_the_program_after_exec) {
  const Scenario scenario =
      parsed("program big {\nbss 1MiB\n}\nprocess p {\nexec big\ntouch bss\n}");
  EXPECT_EQ(std::get<Exec>(body_of(scenario).at(0).what).program, ProgramId(1));
}

TEST(ScenarioFile, is_read) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.scn");
  std::ofstream(path) << "process p { exit }\n";
  EXPECT_EQ(read_scenario(path).name, path);
}

TEST(ScenarioFile, that_cannot_be_read_is_refused) {
  const TemporaryFolder folder;
  EXPECT_THROW(read_scenario(folder.file("none.scn")), InputError);
  try {
    read_scenario(folder.file(""));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("directory; expected a scenario"));
  }
}

}  // namespace
}  // namespace tlmmu::scenario
