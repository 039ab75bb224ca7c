// SPDX-License-Identifier: Apache-2.0
// The machines of the random programs: their settings, and what their disk does.
#include "testbenches/kernel/program_stress.h"

namespace tlmmu::kernel::testing {

namespace {

// One large page fits, and what is left is soon full.
Settings with_large_pages(std::uint64_t large, std::uint64_t others, std::uint64_t watermark) {
  Settings settings = settings_of(2 * large, watermark);
  settings.reserved = kPageBytes * (large - others);
  settings.disk.blocks = 8000;
  return settings;
}

PagingModeName any_mode(Random& random) {
  constexpr PagingModeName kModes[] = {PagingModeName::sv32, PagingModeName::sv39,
                                       PagingModeName::sv48, PagingModeName::sv57};
  return kModes[random.below(std::size(kModes))];
}

}  // namespace

Settings ProgramStress::random_settings(Random& random, const Dangers& dangers) {
  const bool huge = dangers.huge_pages != HugePageUse::never;
  const PagingModeName mode = dangers.mode ? *dangers.mode : any_mode(random);
  const std::uint64_t large = std::uint64_t{1} << paging_mode(mode).index_bits;
  const std::uint64_t others = huge ? 100 + random.below(150) : 150 + random.below(200);
  const std::uint64_t watermark = random.below(20);
  Settings settings =
      huge ? with_large_pages(large, others, watermark) : settings_of(others, watermark);
  settings.mode = mode;
  settings.huge_pages = dangers.huge_pages;
  if (!huge) settings.disk.blocks = 150 + random.below(600);
  if (dangers.tiny_swap) settings.disk.blocks = 36 + random.below(10);
  settings.disk.swap_areas = static_cast<unsigned>(1 + random.below(3));
  settings.disk.cluster_slots = std::uint64_t{1} << random.below(6);
  settings.disk.priority = random.below(2) == 0 ? SwapPriority::equal : SwapPriority::descending;
  settings.policy = static_cast<PolicyName>(random.below(kPolicies));
  settings.scope = random.below(2) == 0 ? ReclaimScope::global : ReclaimScope::process;
  settings.process_batch = 1 + random.below(32);
  settings.kswapd_slice = 1 + random.below(20);
  settings.direct_reclaim_batch = 1 + random.below(10);
  settings.nr_async_pages = 1 + random.below(20);
  settings.file_readahead = random.below(6);
  settings.swap_readahead = random.below(6);
  settings.resident_minimum = random.below(8);
  if (!huge && settings.scope == ReclaimScope::process && random.below(3) == 0) {
    settings.resident_limit = 8 + random.below(60);
  }
  settings.dirty_writeback = microseconds(random.below(2) * 50);
  settings.dirty_expire = microseconds(random.below(3) * 50);
  settings.stack_limit = kStressStackPages;
  settings.overload = random.below(2) == 0 ? Overload::ignore : Overload::suspend;
  settings.thrash_window = microseconds(100);
  settings.thrash_faults = 1 + random.below(20);
  settings.asids = static_cast<std::uint32_t>(1 + random.below(8));
  return settings;
}

void ProgramStress::finish_some_transfer() {
  const auto [tag, result] = bench_->machine.finish(random_.below(bench_->machine.queue.size()));
  if (dangers_.late_disk && random_.below(30) == 0) {
    lost_.emplace_back(tag, result);
    ++interrupts_lost_;
    return;
  }
  observer_->enter(Entry::completion);
  bench_->kernel.disk_done(tag, result);
}

/// Now and then it is silent for long, or until nobody can run.
bool ProgramStress::disk_answers() {
  if (bench_->machine.queue.empty()) return false;
  if (silent_steps_ > 0) {
    --silent_steps_;
    return false;
  }
  if (dangers_.late_disk && random_.below(500) == 0) {
    silent_steps_ = 200;
    if (random_.below(2) == 0) tell_of_the_lost();
  }
  return true;
}

void ProgramStress::tell_of_the_lost() {
  observer_->enter(Entry::completion);
  for (const auto& [tag, result] : std::exchange(lost_, {})) bench_->kernel.disk_done(tag, result);
}

}  // namespace tlmmu::kernel::testing
