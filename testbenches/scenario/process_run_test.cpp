// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/process_run.h"

#include <gmock/gmock.h>

namespace tlmmu::scenario {
namespace {

using ::testing::ElementsAre;

/// Gives every region the address that comes next, and every call a good answer.
class ObligingKernel {
 public:
  kernel::CallAnswer operator()(const SystemCall& call) {
    const auto name = std::visit([](const auto& c) { return word(c); }, call);
    calls.push_back(name);
    if (const auto* map = std::get_if<MapCall>(&call)) return place(map->request.length);
    if (std::holds_alternative<GetSegmentCall>(call)) return kernel::call_result(7);
    if (const auto* attach = std::get_if<AttachSegmentCall>(&call)) {
      EXPECT_EQ(attach->segment, kernel::SegmentId(7));
      return place(Bytes(0x1000));
    }
    if (const auto* brk = std::get_if<BreakCall>(&call)) {
      const std::uint64_t before = heap_end;
      heap_end += static_cast<std::uint64_t>(brk->increment);
      return kernel::call_result(before);
    }
    if (std::holds_alternative<WaitCall>(call) && children-- == 0) {
      return kernel::call_error(kernel::CallError::no_child);
    }
    return kernel::call_result(0);
  }

  std::vector<std::string> calls;
  std::uint64_t next_address = 0x100000;
  std::uint64_t heap_end = 0x50000;
  int children = 0;

 private:
  kernel::CallAnswer place(Bytes length) {
    const std::uint64_t address = next_address;
    next_address += length.value();
    return kernel::call_result(address);
  }
  static std::string word(const MapCall&) { return "map"; }
  static std::string word(const UnmapCall& c) { return hex("unmap", c.range); }
  static std::string word(const ProtectCall& c) { return hex("protect", c.range); }
  static std::string word(const LockCall& c) { return hex("lock", c.range); }
  static std::string word(const UnlockCall& c) { return hex("unlock", c.range); }
  static std::string word(const SyncCall& c) { return hex("sync", c.range); }
  static std::string word(const SyncAllCall&) { return "sync"; }
  static std::string word(const AdviseCall& c) { return hex("advise", c.range); }
  static std::string word(const BreakCall& c) { return "brk " + std::to_string(c.increment); }
  static std::string word(const GetSegmentCall&) { return "get"; }
  static std::string word(const AttachSegmentCall&) { return "attach"; }
  static std::string word(const DetachSegmentCall& c) {
    return "detach " + std::to_string(c.address.value());
  }
  static std::string word(const RemoveSegmentCall& c) {
    return "remove " + std::to_string(c.segment.value());
  }
  static std::string word(const ForkCall&) { return "fork"; }
  static std::string word(const ExecCall& c) { return "exec " + std::to_string(c.program); }
  static std::string word(const ExitCall&) { return "exit"; }
  static std::string word(const WaitCall&) { return "wait"; }
  static std::string word(const TransferCall& c) {
    const bool reads = c.request.direction == kernel::CopyDirection::to_user;
    return hex(reads ? "pread" : "pwrite", {c.request.buffer, c.request.length}) + "@" +
           std::to_string(c.request.offset.value());
  }
  static std::string word(const SupervisorCall& c) {
    return std::string(c.context.sum == Sum::permitted ? "sum " : "supervisor ") +
           std::to_string(c.access.address.value()) + "+" + std::to_string(c.access.size);
  }
  static std::string hex(const std::string& name, const kernel::AddressRange& range) {
    return name + " " + std::to_string(range.start.value()) + "+" +
           std::to_string(range.length.value());
  }
};

/// What a process did, calls answered by `kernel`.
struct Deeds {
  std::vector<MemoryAccess> accesses;
  std::vector<std::string> calls;

  std::vector<std::uint64_t> addresses() const {
    std::vector<std::uint64_t> result;
    for (const MemoryAccess& access : accesses) result.push_back(access.address.value());
    return result;
  }
};

Deeds play(ProcessRun& run, ObligingKernel& kernel) {
  Deeds deeds;
  while (const auto step = run.next()) {
    if (const auto* access = std::get_if<MemoryAccess>(&*step)) {
      deeds.accesses.push_back(*access);
    } else {
      run.answer(kernel(std::get<SystemCall>(*step)));
    }
  }
  deeds.calls = kernel.calls;
  return deeds;
}

Deeds play(const Scenario& scenario, std::uint32_t process = 0) {
  ObligingKernel kernel;
  ProcessRun run(scenario, process, Layout{});
  return play(run, kernel);
}

Scenario parsed(const std::string& statements) {
  return parse_scenario("process p {\n" + statements + "\n}", "t");
}

TEST(ProcessRun, of_nothing_exits) {
  EXPECT_THAT(play(parsed("")).calls, ElementsAre("exit"));
}

TEST(ProcessRun, ends_at_its_exit) {
  const Deeds deeds = play(parsed("compute 1\nloop 5 {\ncompute 1\nexit\n}\ncompute 1"));
  EXPECT_EQ(deeds.accesses.size(), 2U);
  EXPECT_THAT(deeds.calls, ElementsAre("exit"));
}

TEST(ProcessRun, uses_a_region_where_the_kernel_put_it) {
  const Deeds deeds = play(parsed("map a 8KiB\nmap b 4KiB\ntouch a\ntouch b\nread a[8..24]"));
  EXPECT_THAT(deeds.calls, ElementsAre("map", "map", "exit"));
  EXPECT_THAT(deeds.addresses(), ElementsAre(0x100000, 0x101000, 0x102000, 0x100008, 0x100010));
}

TEST(ProcessRun, leaves_a_region_that_the_kernel_refused_at_0) {
  const Scenario scenario = parsed("map a 8KiB\ntouch a");
  ProcessRun run(scenario, 0, Layout{});
  run.next();
  run.answer(kernel::call_error(kernel::CallError::no_memory));
  EXPECT_EQ(std::get<MemoryAccess>(*run.next()).address, VirtualAddress(0));
}

TEST(ProcessRun, names_the_pages_of_each_call) {
  const Deeds deeds =
      play(parsed("map a 16KiB\nprotect a[0..4KiB] r\nlock a\nunlock a[1 page..8KiB]\n"
                  "sync a\nadvise a dont_need\nunmap a[8KiB..16KiB]\nunmap address 0x3000 4KiB"));
  EXPECT_THAT(deeds.calls,
              ElementsAre("map", "protect 1048576+4096", "lock 1048576+16384",
                          "unlock 1052672+4096", "sync 1048576+16384", "advise 1048576+16384",
                          "unmap 1056768+8192", "unmap 12288+4096", "exit"));
}

TEST(ProcessRun, moves_the_end_of_its_heap) {
  const Deeds deeds = play(parsed("brk 8KiB\nbrk 12KiB\ntouch heap\nbrk 4KiB\ntouch heap"));
  EXPECT_THAT(deeds.calls, ElementsAre("brk 8192", "brk 4096", "brk -8192", "exit"));
  EXPECT_THAT(deeds.addresses(), ElementsAre(0x50000, 0x51000, 0x52000, 0x50000));
}

TEST(ProcessRun, finds_a_segment_and_attaches_it) {
  const Deeds deeds = play(parsed("loop 2 {\nmap a 4KiB\n}\nshare s 4KiB\ntouch s\nunshare s"));
  EXPECT_THAT(deeds.calls, ElementsAre("map", "map", "get", "attach", "detach 1056768", "exit"));
  EXPECT_THAT(deeds.addresses(), ElementsAre(0x102000));
}

TEST(ProcessRun, removes_the_segment_that_it_found) {
  EXPECT_THAT(play(parsed("share s 4KiB\nfork { exit }\nremove s")).calls,
              ElementsAre("get", "attach", "fork", "remove 7", "exit"));
}

TEST(ProcessRun, attaches_nothing_where_there_is_no_segment) {
  const Scenario scenario = parsed("share s 4KiB");
  ProcessRun run(scenario, 0, Layout{});
  run.next();
  run.answer(kernel::call_error(kernel::CallError::no_memory));
  EXPECT_TRUE(std::holds_alternative<ExitCall>(std::get<SystemCall>(*run.next())));
}

TEST(ProcessRun, repeats_a_loop_and_the_loops_in_it) {
  EXPECT_EQ(play(parsed("loop 3 {\ncompute 1\nloop 4 {\ncompute 2\n}\n}")).accesses.size(), 27U);
}

TEST(ProcessRun, waits_once_or_until_there_is_nobody_to_wait_for) {
  const Scenario scenario = parsed("wait\nwait all\nwait");
  ObligingKernel kernel;
  kernel.children = 3;
  ProcessRun run(scenario, 0, Layout{});
  EXPECT_THAT(play(run, kernel).calls, ElementsAre("wait", "wait", "wait", "wait", "wait", "exit"));
}

TEST(ProcessRun, fetches_from_its_text_when_it_computes) {
  const Deeds deeds = play(parsed("compute 1025"));
  EXPECT_EQ(deeds.accesses.front().address, Layout{}.image);
  EXPECT_EQ(deeds.accesses.front().type, AccessType::fetch);
  EXPECT_EQ(deeds.accesses[1024].address, Layout{}.image);
}

TEST(ProcessRun, grows_its_stack_downwards) {
  const Deeds deeds = play(parsed("touch stack[0..8KiB]\nlock stack[4KiB..8KiB]"));
  const std::uint64_t top = Layout{}.stack_top.value();
  EXPECT_THAT(deeds.addresses(), ElementsAre(top - 8, top - 4096 - 8));
  EXPECT_EQ(deeds.calls.at(0), "lock " + std::to_string(top - 8192) + "+4096");
}

TEST(ProcessRun, has_a_child_that_does_its_block_with_the_parents_regions) {
  const Scenario scenario =
      parsed("map a 4KiB\nfork kid {\ntouch a\nmap b 4KiB\ntouch b\n}\ntouch a\nread a[8..16]");
  ObligingKernel kernel;
  ProcessRun parent(scenario, 0, Layout{});
  std::optional<ProcessRun> child;
  Deeds deeds;
  while (const auto step = parent.next()) {
    if (const auto* call = std::get_if<SystemCall>(&*step)) {
      if (std::holds_alternative<ForkCall>(*call)) child.emplace(parent.child());
      parent.answer(kernel(*call));
    } else {
      deeds.accesses.push_back(std::get<MemoryAccess>(*step));
    }
  }
  EXPECT_THAT(deeds.addresses(), ElementsAre(0x100000, 0x100008));
  ASSERT_TRUE(child);
  EXPECT_EQ(child->name(), "kid");
  kernel.calls.clear();
  const Deeds of_child = play(*child, kernel);
  EXPECT_THAT(of_child.addresses(), ElementsAre(0x100000, 0x101000));
  EXPECT_THAT(of_child.calls, ElementsAre("map", "exit"));
}

TEST(ProcessRun, names_the_buffer_of_a_transfer_by_its_lowest_address) {
  const Scenario scenario = parse_scenario(
      "file f 64KiB\nprocess p {\npread address 0x1003 5 file f offset 7\n"
      "pwrite stack[8..24] file f\n}",
      "t");
  const std::uint64_t top = Layout{}.stack_top.value();
  EXPECT_THAT(
      play(scenario).calls,
      ElementsAre("pread 4099+5@7", "pwrite " + std::to_string(top - 24) + "+16@0", "exit"));
}

TEST(ProcessRun, asks_the_kernel_for_each_access_of_the_supervisor) {
  const Deeds deeds =
      play(parsed("supervisor sum read address 0x1000 32 size 16\n"
                  "supervisor write address 0x2000\nread address 0x3000"));
  EXPECT_THAT(deeds.calls, ElementsAre("sum 4096+16", "sum 4112+16", "supervisor 8192+8", "exit"));
  EXPECT_THAT(deeds.addresses(), ElementsAre(0x3000U));
}

TEST(ProcessRun, of_the_boot_block_makes_its_accesses) {
  const Scenario scenario = parse_scenario(
      "boot {\nloop 2 {\nwrite address 0x80000000 16\n}\nexecute address 0x80000100\n}\n"
      "process p { }",
      "t");
  ProcessRun run = ProcessRun::of_boot(scenario);
  ObligingKernel kernel;
  const Deeds deeds = play(run, kernel);
  EXPECT_THAT(deeds.addresses(), ElementsAre(0x80000000U, 0x80000008U, 0x80000000U, 0x80000008U,
                                             0x80000100U, 0x80000104U));
  EXPECT_EQ(deeds.accesses.back().type, AccessType::fetch);
}

TEST(ProcessRun, executes_another_program_with_regions_of_its_own) {
  const Scenario scenario = parse_scenario(
      "program q {\ntext 8KiB\ndata 4KiB\nbss 4KiB\n}\nprocess p {\nbrk 4KiB\nexec q\nread data "
      "count 1\ntouch bss\ntouch heap count 1\n}",
      "t");
  const Deeds deeds = play(scenario);
  EXPECT_THAT(deeds.calls, ElementsAre("brk 4096", "exec 1", "exit"));
  EXPECT_THAT(deeds.addresses(), ElementsAre(0x12000, 0x13000, 0));
}

TEST(ProcessRun, repeats_itself_with_the_same_seed_only) {
  const std::string text = "process p {\ncompute 1\nread address 0x0 1MiB random count 100\n}\n";
  const auto first = play(parse_scenario("seed 1\n" + text, "t")).addresses();
  EXPECT_EQ(play(parse_scenario("seed 1\n" + text, "t")).addresses(), first);
  EXPECT_NE(play(parse_scenario("seed 2\n" + text, "t")).addresses(), first);
}

TEST(ProcessRun, does_not_do_what_another_of_the_same_script_does) {
  const std::string block = " {\nread address 0x0 1MiB random count 100\n}\n";
  const Scenario scenario = parse_scenario("process p" + block + "process q" + block, "t");
  EXPECT_NE(play(scenario, 0).addresses(), play(scenario, 1).addresses());
}

TEST(ProcessRun, knows_the_place_of_what_it_does) {
  const Scenario scenario = parsed("compute 1\n  map a 4KiB");
  ProcessRun run(scenario, 0, Layout{});
  run.next();
  EXPECT_EQ(run.place().line, 2U);
  run.next();
  EXPECT_EQ(run.place().line, 3U);
  EXPECT_EQ(run.place().column, 3U);
}

TEST(Layout, puts_data_behind_text_and_bss_behind_data) {
  const Scenario scenario =
      parse_scenario("program q {\ntext 8KiB\ndata 4KiB\nbss 4KiB\n}\nprocess p { }", "t");
  const auto image = image_of(scenario.programs[1], Layout{});
  ASSERT_EQ(image.size(), 3U);
  EXPECT_EQ(image[0].range.start, VirtualAddress(0x10000));
  EXPECT_EQ(image[0].permissions.flags, kernel::kReadExecute.flags);
  EXPECT_EQ(image[0].contents->page, 0U);
  EXPECT_EQ(image[1].range.start, VirtualAddress(0x12000));
  EXPECT_EQ(image[1].contents->page, 2U);
  EXPECT_EQ(image[2].range.start, VirtualAddress(0x13000));
  EXPECT_FALSE(image[2].contents);
  EXPECT_EQ(image_of(scenario.programs[0], Layout{}).size(), 1U);
}

}  // namespace
}  // namespace tlmmu::scenario
