// SPDX-License-Identifier: Apache-2.0
// Random processes on random small machines, with disk errors, against a shadow of what was stored.
#include <gmock/gmock.h>

#include "models/base/random.h"
#include "testbenches/kernel/invariants.h"

namespace tlmmu::kernel::testing {
namespace {

/// Which rare events a run has.
struct Dangers {
  unsigned exit_per_thousand;
  unsigned bad_blocks;
};

class Stress {
 public:
  Stress(std::uint64_t seed, const Dangers& dangers)
      : random_(seed), dangers_(dangers), bench_(random_settings(), 64) {
    // Text that counts as cached is zero without a read, as a blank disk is.
    bench_.machine.blank_disk =
        bench_.kernel.state().settings.text_source == TextSource::page_cache;
    bench_.machine.depth = 1 + random_.below(8);
    bench_.ad_update = random_.below(2) == 0 ? AdUpdate::hardware : AdUpdate::fault;
    for (unsigned i = 0; i < dangers.bad_blocks; ++i) {
      bench_.machine.bad_writes.insert(random_.below(64));
      bench_.machine.bad_reads.insert(random_.below(64));
    }
  }

  void run(int steps) {
    for (int i = 0; i < steps && !::testing::Test::HasFailure(); ++i) {
      while (bench_.kernel.alive() < 3 && start_one()) {
      }
      step();
      if (i % 100 == 0) check_invariants(bench_);
    }
    finish();
  }

 private:
  Settings random_settings() {
    Settings settings = settings_of(16 + random_.below(40), random_.below(8));
    settings.mode = random_.below(2) == 0 ? PagingModeName::sv39 : PagingModeName::sv48;
    settings.disk.blocks = 40 + random_.below(200);
    settings.kswapd_slice = 1 + random_.below(20);
    settings.direct_reclaim_batch = 1 + random_.below(10);
    settings.nr_async_pages = 1 + random_.below(20);
    settings.text_source = random_.below(2) == 0 ? TextSource::disk : TextSource::page_cache;
    return settings;
  }

  // With the number of one that has ended, perhaps.
  bool start_one() {
    const auto process = bench_.kernel.create_process();
    if (!process) return false;
    shadow_.erase(shadow_.lower_bound({process->value(), 0}),
                  shadow_.lower_bound({process->value() + 1, 0}));
    return true;
  }

  void step() {
    if (!bench_.machine.queue.empty() && random_.below(4) == 0) finish_some_transfer();
    const auto process = bench_.kernel.schedule();
    if (!process) {
      ASSERT_TRUE(bench_.kernel.alive() == 0 || !bench_.machine.queue.empty())
          << "everybody waits, but for nothing";
      if (!bench_.machine.queue.empty()) finish_some_transfer();
      return;
    }
    if (random_.below(1000) < dangers_.exit_per_thousand) {
      bench_.kernel.exit(*process);
    } else if (random_.below(20) == 0) {
      bench_.kernel.timer(*process);
    } else {
      access(*process);
    }
  }

  void finish_some_transfer() {
    bench_.finish_transfer(random_.below(bench_.machine.queue.size()));
  }

  void access(ProcessId process) {
    const std::uint64_t page = random_.below(12) + (random_.below(30) == 0 ? 512 : 0);
    const auto type = static_cast<AccessType>(random_.below(3));
    const FaultRequest request{process, VirtualAddress(page << kPageShift), type};
    std::uint64_t* word = bench_.attempt(request);
    if (word == nullptr) {
      bench_.kernel.page_fault(request);
      return;
    }
    const auto [known, fresh] = shadow_.try_emplace({process.value(), page}, *word);
    if (fresh && type != AccessType::fetch && !is_text(process, page)) {
      EXPECT_EQ(*word, 0U) << "a new page is not zero";
    }
    EXPECT_EQ(*word, known->second) << "process " << process.value() << ", page " << page;
    if (type == AccessType::store) *word = known->second = ++stores_;
  }

  bool is_text(ProcessId process, std::uint64_t page) {
    const Pte pte = bench_.leaf(process, page << kPageShift);
    return bench_.kernel.state().frames.at(pte.ppn()).kind == PageKind::text || pte.flags().x();
  }

  void finish() {
    check_invariants(bench_);
    for (std::uint32_t i = 0; i < bench_.kernel.state().processes.size(); ++i) {
      bench_.kernel.exit(ProcessId(i));
    }
    bench_.finish_all_transfers();
    check_invariants(bench_);
    EXPECT_EQ(bench_.frame_counts().free, bench_.kernel.state().frames.total());
    EXPECT_EQ(bench_.kernel.state().blocks.counts().in_use, 0U);
  }

  Random random_;
  Dangers dangers_;
  KernelBench bench_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::uint64_t> shadow_;
  std::uint64_t stores_ = 0;
};

class KernelStress : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(KernelStress, contents_survive_swapping) {
  SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
  Stress(GetParam(), {0, 0}).run(800);
}

TEST_P(KernelStress, contents_survive_exits_and_disk_errors) {
  SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
  Stress(GetParam() + 1000, {2, 10}).run(800);
}

INSTANTIATE_TEST_SUITE_P(seeds, KernelStress, ::testing::Range<std::uint64_t>(1, 13));

}  // namespace
}  // namespace tlmmu::kernel::testing
