// SPDX-License-Identifier: Apache-2.0
// What policies know of time: NRU's tick is the machine's, WSClock's window is its process's.
#include <set>

#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

bool is_referenced(KernelBench& bench, ProcessId process, std::uint64_t number) {
  return bench.leaf(process, page(number)).flags().a();
}

Settings nru_settings() {
  Settings settings = settings_of(32);
  settings.policy = PolicyName::nru;
  settings.policy_parameters.nru_tick = milliseconds(10);
  return settings;
}

TEST(KernelReferenceTick, clears_all_accessed_bits_when_its_time_has_come_and_not_before) {
  KernelBench bench(nru_settings());
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 4);
  bench.machine.time = milliseconds(10) - Picoseconds(1);
  bench.store(p, page(4), 4);  // a fault: the kernel is entered
  EXPECT_EQ(bench.counters().reference_ticks, 0U);
  EXPECT_TRUE(is_referenced(bench, p, 0));
  bench.machine.time = milliseconds(10);
  bench.store(p, page(5), 5);
  EXPECT_EQ(bench.counters().reference_ticks, 1U);
  EXPECT_EQ(bench.counters().references_cleared, 6U);
  for (std::uint64_t n = 0; n < 5; ++n) EXPECT_FALSE(is_referenced(bench, p, n)) << n;
  EXPECT_EQ(bench.load(p, page(3)), 3U);
  EXPECT_TRUE(is_referenced(bench, p, 3)) << "the TLB was fenced, so the walker sets it again";
  check_invariants(bench);
}

TEST(KernelReferenceTick, comes_for_all_processes_whoever_runs_and_though_no_time_slice_ends) {
  for (const ReclaimScope scope : {ReclaimScope::global, ReclaimScope::process}) {
    Settings settings = nru_settings();
    settings.scope = scope;
    KernelBench bench(settings);
    const ProcessId a = bench.start(), b = bench.start();
    bench.store(a, page(0), 1);
    bench.kernel.timer(a);
    bench.store(b, page(0), 2);
    bench.machine.time = milliseconds(10);
    bench.kernel.disk_done(DiskTag(0), TransferResult::ok);  // nobody's: an entry, and no more
    EXPECT_FALSE(is_referenced(bench, a, 0));
    EXPECT_FALSE(is_referenced(bench, b, 0));
  }
}

TEST(KernelReferenceTick, is_only_for_a_policy_that_forgets) {
  Settings settings = nru_settings();
  settings.policy = PolicyName::clock;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  bench.store(p, page(0), 1);
  bench.machine.time = milliseconds(1000);
  bench.store(p, page(1), 1);
  EXPECT_TRUE(is_referenced(bench, p, 0));
  EXPECT_EQ(bench.counters().reference_ticks, 0U);
}

// Dirty pages that nobody uses any more must not stay for ever while clean ones come and go.
TEST(KernelReferenceTick, lets_nru_take_dirty_pages_that_are_not_used_any_more) {
  Settings settings = settings_of(3 + 8);
  settings.policy = PolicyName::nru;
  settings.policy_parameters.nru_tick = microseconds(100);
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 6);
  const auto fetch_text = [&](int rounds) {
    for (int i = 0; i < rounds; ++i) {
      for (std::uint64_t n = 100; n < 105; ++n) {
        bench.machine.time += microseconds(20);
        bench.fetch(p, page(n));
      }
    }
  };
  fetch_text(10);
  const std::uint64_t before = bench.faults(FaultKind::major_file);
  fetch_text(10);
  EXPECT_EQ(bench.faults(FaultKind::major_file), before) << "the five pages in use have found room";
  check_invariants(bench);
}

/// Pages in a pool of their own.
struct Pool {
  explicit Pool(const Policy& rule, std::size_t pages) : policy(rule), frames(pages) {
    for (Frame& frame : frames) policy.insert(pool, frame, {Arrival::kNew, Picoseconds(0)});
  }
  ~Pool() {
    for (Frame& frame : frames) {
      if (frame.users == 0) policy.remove(pool, frame);
    }
  }
  /// The page that goes; `look` says what reclaim sees of each.
  template <class LookAt>
  std::size_t victim(LookAt look) {
    for (int looks = 0; looks < 100; ++looks) {
      Frame* frame = policy.candidate(pool);
      const auto index = static_cast<std::size_t>(frame - frames.data());
      if (policy.judge(pool, *frame, look(index)) == Verdict::evict) return index;
    }
    ADD_FAILURE() << "nothing goes";
    return 0;
  }
  const Policy& policy;
  std::vector<Frame> frames;
  PagePool pool;
};

TEST(KernelWsClock, takes_the_first_clean_page_out_of_the_window) {
  const WsClock wsclock(milliseconds(10));
  Pool pool(wsclock, 4);
  EXPECT_EQ(pool.victim([](std::size_t i) {
    return Look{i == 0, i == 1, milliseconds(11)};  // used, dirty, clean, clean
  }),
            2U);
}

TEST(KernelWsClock, writes_an_old_dirty_page_if_no_clean_one_is_old) {
  const WsClock wsclock(milliseconds(10));
  Pool pool(wsclock, 4);
  EXPECT_EQ(pool.victim([](std::size_t i) { return Look{i != 2, i == 2, milliseconds(11)}; }), 2U);
}

TEST(KernelWsClock, takes_what_was_not_used_for_a_turn_while_all_are_in_the_window) {
  const WsClock wsclock(milliseconds(10));
  Pool pool(wsclock, 4);
  std::vector<bool> used{true, true, false, true};
  EXPECT_EQ(pool.victim([&](std::size_t i) {
    const bool referenced = used[i];
    used[i] = false;  // A is cleared
    return Look{referenced, true, milliseconds(5)};
  }),
            2U)
      << "not the first that came";
}

TEST(KernelWsClock, counts_the_time_in_which_the_process_runs) {
  Settings settings = settings_of(3 + 3 + 4);
  settings.policy = PolicyName::wsclock;
  settings.policy_parameters.wsclock_window = milliseconds(1);
  settings.direct_reclaim_batch = 1;
  KernelBench bench(settings);
  const ProcessId idle = bench.start(), busy = bench.start();
  bench.run_until(idle);
  store_pages(bench, idle, 0, 2);
  bench.kernel.timer(idle);
  bench.run_until(busy);
  store_pages(bench, busy, 0, 2);
  bench.machine.tlb.clear();
  for (const ProcessId p : {idle, busy}) {
    for (const std::uint64_t n : {0U, 1U}) {
      const Pte pte = bench.leaf(p, page(n));
      bench.machine.write_pte(bench.leaf_entry(p, page(n)), pte.without_flags(PteFlags::kA));
    }
  }
  bench.machine.time += milliseconds(5);  // of which `idle` has nothing
  store_pages(bench, busy, 2, 4);
  EXPECT_EQ(bench.kernel.state().processes.at(idle).use.resident, 2U);
  EXPECT_EQ(bench.kernel.state().processes.at(busy).use.resident, 2U);
  check_invariants(bench);
}

TEST(KernelPolicy, every_policy_looks_past_pages_that_cannot_go) {
  for (unsigned policy = 0; policy < kPolicies; ++policy) {
    Settings settings = settings_of(8);
    settings.policy = static_cast<PolicyName>(policy);
    if (settings.policy == PolicyName::random) continue;  // any page, each time
    KernelBench bench(settings);
    Pool pool(bench.kernel.state().policy, 6);
    for (std::size_t i = 0; i < 6; ++i)
      pool.policy.pass(pool.pool, *pool.policy.candidate(pool.pool));
    std::set<const Frame*> met;
    for (int looks = 0; looks < 100; ++looks) {
      Frame* frame = pool.policy.candidate(pool.pool);
      met.insert(frame);
      pool.policy.pass(pool.pool, *frame);
    }
    EXPECT_EQ(met.size(), 6U) << policy;
  }
}

}  // namespace
}  // namespace tlmmu::kernel::testing
