// SPDX-License-Identifier: Apache-2.0
// The policies that pick a process page, on published reference strings; and fairness.
#include <gmock/gmock.h>

#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"

namespace tlmmu::kernel::testing {
namespace {

using String = std::vector<std::uint64_t>;
/// Belady, "An anomaly in space-time characteristics of certain programs", CACM 1969.
const String kBelady{1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
/// Silberschatz, Galvin and Gagne, "Operating System Concepts", chapter "Virtual Memory".
const String kSilberschatz{7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1};

/// Faults over text pages (dropped at once, so that frames are all that counts).
std::uint64_t faults_of(PolicyName policy, const String& string, std::uint64_t frames) {
  Settings settings = settings_of(3 + frames);
  settings.policy = policy;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  for (const std::uint64_t n : string) {
    bench.fetch(p, n << kPageShift);
    bench.kernel.referenced(p, VirtualAddress(n << kPageShift));
  }
  check_invariants(bench);
  return bench.faults(FaultKind::major_file);
}

TEST(KernelPolicy, fifo_has_the_published_faults_and_beladys_anomaly) {
  EXPECT_EQ(faults_of(PolicyName::fifo, kBelady, 3), 9U);
  EXPECT_EQ(faults_of(PolicyName::fifo, kBelady, 4), 10U);
  EXPECT_EQ(faults_of(PolicyName::fifo, kSilberschatz, 3), 15U);
  EXPECT_EQ(faults_of(PolicyName::fifo, kSilberschatz, 4), 10U);
}

TEST(KernelPolicy, exact_lru_has_the_published_faults) {
  EXPECT_EQ(faults_of(PolicyName::exact_lru, kBelady, 3), 10U);
  EXPECT_EQ(faults_of(PolicyName::exact_lru, kBelady, 4), 8U);
  EXPECT_EQ(faults_of(PolicyName::exact_lru, kSilberschatz, 3), 12U);
  EXPECT_EQ(faults_of(PolicyName::exact_lru, kSilberschatz, 4), 8U);
}

TEST(KernelPolicy, clock_has_the_published_faults) {
  EXPECT_EQ(faults_of(PolicyName::clock, kBelady, 3), 9U);
  EXPECT_EQ(faults_of(PolicyName::clock, kBelady, 4), 10U);
  EXPECT_EQ(faults_of(PolicyName::clock, kSilberschatz, 3), 14U);
  EXPECT_EQ(faults_of(PolicyName::clock, kSilberschatz, 4), 9U);
}

/// A hot page that is used all the time while others pass by once: how often it is read.
std::uint64_t reads_of_a_hot_page(PolicyName policy) {
  Settings settings = settings_of(3 + 8);
  settings.policy = policy;
  settings.policy_parameters.nru_tick = microseconds(6);
  settings.policy_parameters.wsclock_window = microseconds(5);
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  std::uint64_t reads = 0;
  for (std::uint64_t n = 1; n <= 200; ++n) {
    const std::uint64_t before = bench.faults(FaultKind::major_file);
    bench.machine.time += microseconds(2);
    bench.fetch(p, 0);
    bench.kernel.referenced(p, VirtualAddress(0));
    reads += bench.faults(FaultKind::major_file) - before;
    bench.fetch(p, n << kPageShift);
    bench.kernel.referenced(p, VirtualAddress(n << kPageShift));
  }
  check_invariants(bench);
  return reads;
}

TEST(KernelPolicy, those_that_look_at_references_keep_a_page_that_is_used_all_the_time) {
  for (const PolicyName policy :
       {PolicyName::clock, PolicyName::ageing, PolicyName::exact_lru, PolicyName::mglru}) {
    EXPECT_LE(reads_of_a_hot_page(policy), 2U)
        << static_cast<int>(policy) << ": where all are referenced, the first one goes";
  }
  EXPECT_LE(reads_of_a_hot_page(PolicyName::nru), 10U);
  EXPECT_LE(reads_of_a_hot_page(PolicyName::wsclock), 15U) << "eight frames hold no window";
  EXPECT_LE(reads_of_a_hot_page(PolicyName::two_queue), 3U) << "once more to be recognized";
  EXPECT_GT(reads_of_a_hot_page(PolicyName::fifo), 20U);
  EXPECT_GT(reads_of_a_hot_page(PolicyName::random), 10U);
}

TEST(KernelPolicy, an_age_starts_at_3_rises_by_3_falls_by_1_and_ends_at_20) {
  AgeCounters counters;
  const Ageing ageing(AgeingParameters(), counters);
  PagePool pool;
  Frame frame;
  ageing.insert(pool, frame, {});
  EXPECT_EQ(frame.age, 3U);
  for (const unsigned age : {6U, 9U, 12U, 15U, 18U, 20U, 20U}) {
    EXPECT_EQ(ageing.judge(pool, frame, {true, false, {}}), Verdict::keep_and_clear);
    EXPECT_EQ(frame.age, age);
  }
  for (unsigned age = 19; age > 0; --age) {
    EXPECT_EQ(ageing.judge(pool, frame, {false, false, {}}), Verdict::keep);
    EXPECT_EQ(frame.age, age);
  }
  EXPECT_EQ(ageing.judge(pool, frame, {false, false, {}}), Verdict::evict);
  ageing.remove(pool, frame);
}

TEST(KernelPolicy, nru_takes_clean_pages_before_dirty_ones) {
  const Nru nru;
  PagePool pool;
  Frame dirty, clean;
  nru.insert(pool, dirty, {});
  nru.insert(pool, clean, {});
  EXPECT_EQ(nru.judge(pool, dirty, {false, true, {}}), Verdict::keep);
  EXPECT_EQ(nru.judge(pool, clean, {false, false, {}}), Verdict::evict);
  nru.remove(pool, dirty);
  nru.remove(pool, clean);
}

TEST(KernelPolicy, every_policy_keeps_contents_under_pressure) {
  for (unsigned policy = 0; policy < kPolicies; ++policy) {
    Settings settings = settings_of(16);
    settings.policy = static_cast<PolicyName>(policy);
    KernelBench bench(settings);
    const ProcessId p = bench.start();
    for (std::uint64_t n = 0; n < 40; ++n) bench.store(p, n << kPageShift, n);
    for (std::uint64_t n = 0; n < 40; ++n) EXPECT_EQ(bench.load(p, n << kPageShift), n);
    EXPECT_TRUE(bench.machine.kills.empty()) << policy;
    check_invariants(bench);
  }
}

/// Processes that each sweep over more pages than their share of the memory.
class Thrasher {
 public:
  explicit Thrasher(Overload overload) : bench(settings(overload)) {
    for (int i = 0; i < 4; ++i) all_.push_back(bench.start());
  }
  void sweep(std::uint64_t rounds, std::uint64_t pages) {
    std::vector<std::uint64_t> at(all_.size(), 0);
    for (std::uint64_t i = 0; i < rounds * pages * all_.size(); ++i) {
      bench.machine.time += microseconds(10);
      const auto running = bench.kernel.schedule();
      if (!running) {
        bench.finish_transfer();
        continue;
      }
      const FaultRequest request{*running,
                                 VirtualAddress((at[running->value()] % pages) << kPageShift),
                                 AccessType::store};
      if (bench.attempt(request) == nullptr) {
        bench.kernel.page_fault(request);
        continue;
      }
      ++useful;
      if (++at[running->value()] % 8 == 0) bench.kernel.timer(*running);
    }
  }
  KernelBench bench;
  std::uint64_t useful = 0;  ///< accesses that succeeded

 private:
  static Settings settings(Overload overload) {
    Settings settings = settings_of(100);
    settings.overload = overload;
    settings.thrash_window = milliseconds(1);
    settings.thrash_faults = 10;
    return settings;
  }
  std::vector<ProcessId> all_;
};

TEST(KernelThrashing, is_noticed_when_pages_come_back_as_soon_as_they_have_gone) {
  Thrasher tight(Overload::ignore), roomy(Overload::ignore);
  tight.sweep(20, 40);
  roomy.sweep(20, 15);
  EXPECT_GT(tight.bench.counters().thrashing_windows, 5U);
  EXPECT_EQ(roomy.bench.counters().thrashing_windows, 0U);
  EXPECT_GT(roomy.bench.counters().windows, 5U);
}

TEST(KernelThrashing, load_control_takes_processes_out_and_lets_them_return) {
  Thrasher loaded(Overload::ignore), controlled(Overload::suspend);
  loaded.sweep(30, 40);
  controlled.sweep(30, 40);
  EXPECT_GT(controlled.bench.counters().suspensions, 0U);
  EXPECT_GT(controlled.bench.counters().resumptions, 0U);
  EXPECT_GT(controlled.useful, loaded.useful) << "fewer at a time get more done";
  check_invariants(controlled.bench);
}

TEST(KernelStages, cached_pages_go_before_shared_ones_and_those_before_pages_of_processes) {
  ProgramBench bench(settings_of(80));
  const ProcessId p = bench.run();
  const std::uint64_t at = bench.map_file(p, bench.file, 8, Sharing::shared);
  for (std::uint64_t i = 0; i < 8; ++i) bench.load(p, at + (i << kPageShift));
  bench.unmap(p, at, 8);  // they stay in the page cache
  const std::uint64_t cached = bench.frame_counts().cached;
  EXPECT_EQ(cached, 9U) << "and the inode";
  const std::uint64_t more = bench.map_pages(p, 80);
  std::uint64_t n = 0;
  while (bench.counters().evictions == 0) bench.store(p, more + (n++ << kPageShift), 1);
  EXPECT_EQ(bench.counters().dropped_cached, bench.counters().evictions);
  EXPECT_EQ(bench.counters().swap_outs, 0U);
  check_invariants(bench);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
