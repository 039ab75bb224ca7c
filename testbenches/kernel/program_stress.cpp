// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/program_stress.h"

#include "firmware/kernel/vm/layout.h"
#include "testbenches/kernel/invariants.h"

namespace tlmmu::kernel::testing {

namespace {

constexpr std::uint64_t kFilePages = 24, kStackPages = 16;

std::uint64_t stack_end(const KernelBench& bench) {
  return stack_top(paging_mode(bench.kernel.state().settings.mode)).value();
}

}  // namespace

ProgramStress::ProgramStress(std::uint64_t seed, const Dangers& dangers)
    : random_(seed),
      dangers_(dangers),
      bench_(std::make_unique<ProgramBench>(random_settings(random_, dangers), 20'000)),
      observer_(std::make_unique<PageStateObserver>(*bench_)),
      data_file_(bench_->kernel.create_file(kFilePages).value_or(FileId(0))) {
  bench_->machine.depth = 1 + random_.below(8);
  bench_->ad_update = random_.below(2) == 0 ? AdUpdate::hardware : AdUpdate::fault;
  for (unsigned i = 0; i < dangers.bad_blocks; ++i) {
    bench_->machine.bad_writes.insert(random_.below(100));
    bench_->machine.bad_reads.insert(random_.below(100));
  }
}

Settings ProgramStress::random_settings(Random& random, const Dangers& dangers) {
  constexpr PagingModeName kModes[] = {PagingModeName::sv32, PagingModeName::sv39,
                                       PagingModeName::sv48, PagingModeName::sv57};
  const bool huge = dangers.huge_pages != HugePageUse::never;
  const PagingModeName mode = dangers.mode.value_or(kModes[random.below(std::size(kModes))]);
  const std::uint64_t large = std::uint64_t{1} << paging_mode(mode).index_bits;
  const std::uint64_t frames = 150 + random.below(200) + (huge ? 2 * large : 0);
  Settings settings = settings_of(frames, random.below(20));
  settings.mode = mode;
  settings.huge_pages = dangers.huge_pages;
  settings.disk.blocks = huge ? 8000 : 150 + random.below(600);
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
  if (settings.scope == ReclaimScope::process && random.below(3) == 0) {
    settings.resident_limit = 8 + random.below(60);
  }
  settings.dirty_writeback = microseconds(random.below(2) * 50);
  settings.dirty_expire = microseconds(random.below(3) * 50);
  settings.stack_limit = kStackPages;
  settings.overload = random.below(2) == 0 ? Overload::ignore : Overload::suspend;
  settings.thrash_window = microseconds(100);
  settings.thrash_faults = 1 + random.below(20);
  settings.asids = static_cast<std::uint32_t>(1 + random.below(8));
  return settings;
}

void ProgramStress::run(std::uint64_t operations, std::uint64_t check_every) {
  for (std::uint64_t i = 0; i < operations && !failed(); ++i) {
    if (bench_->kernel.alive() == 0) {
      tell_of_the_lost();
      bench_->finish_all_transfers();
      const auto id = bench_->kernel.create_task(bench_->program.image());
      ASSERT_TRUE(id) << "not even one program can start";
      start_program(processes_[id->value()]);
    }
    step();
    check_transitions();
    if (i % check_every == 0) check_invariants(*bench_);
  }
  finish();
}

void ProgramStress::step() {
  bench_->machine.time += microseconds(1);
  if (disk_answers() && random_.below(4) == 0) finish_some_transfer();
  observer_->enter(Entry::other);
  const auto process = bench_->kernel.schedule();
  if (process) {
    act(*process);
  } else if (!bench_->machine.queue.empty()) {
    finish_some_transfer();
  } else if (!lost_.empty()) {
    tell_of_the_lost();  // the timeout
  } else {
    ASSERT_EQ(bench_->kernel.alive(), 0U) << "everybody waits, but for nothing";
  }
  forget_the_dead();
}

void ProgramStress::act(ProcessId process) {
  ProcessModel& model = processes_.at(process.value());
  const std::uint64_t dice = random_.below(100);
  if (dice < 4) {
    observer_->enter(Entry::other);
    bench_->kernel.timer(process);
  } else if (model.access) {
    continue_access(process, model);
  } else if (dice < 85) {
    start_access(model);
    if (model.access) continue_access(process, model);
  } else {
    system_call(process, model);
  }
}

void ProgramStress::start_access(ProcessModel& model) {
  const auto type = static_cast<AccessType>(random_.below(3));
  std::uint64_t page = stack_end(*bench_) - 1 - random_.below(kStackPages);
  if (random_.below(12) != 0) {
    auto at = model.pages.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random_.below(model.pages.size())));
    page = at->first;
  }
  model.access = PendingAccess{page, type};
  // What is not allowed ends the process: seldom.
  if (!is_legal(model, *model.access) && random_.below(200) != 0) model.access.reset();
}

bool ProgramStress::is_legal(const ProcessModel& model, const PendingAccess& access) const {
  const auto found = model.pages.find(access.page);
  if (found == model.pages.end()) {
    const std::uint64_t end = stack_end(*bench_);
    return access.page >= end - kStackPages && access.page < end &&
           access.type != AccessType::fetch;
  }
  const unsigned flags = found->second.permissions | PteFlags::kU;
  return permits(PteFlags(static_cast<std::uint8_t>(flags)), access.type, AccessContext{});
}

std::uint64_t& ProgramStress::value_of(PageModel& page) {
  switch (page.kind) {
    case PageModel::Kind::anonymous:
      if (!page.own) page.own = 0;
      return *page.own;
    case PageModel::Kind::segment:
      return segment_values_[{page.object, page.index}];
    case PageModel::Kind::file_private:
      if (page.own) return *page.own;
      break;
    case PageModel::Kind::file_shared:
      break;
  }
  const File& file =
      bench_->kernel.state().files.at(FileId(static_cast<std::uint32_t>(page.object)));
  const auto known = file_values_.try_emplace({page.object, page.index},
                                              0xd15c'0000 + file.block_of(page.index).value());
  return known.first->second;
}

void ProgramStress::continue_access(ProcessId process, ProcessModel& model) {
  const PendingAccess access = *model.access;
  const FaultRequest request{process, VirtualAddress(access.page << kPageShift), access.type};
  observer_->enter(Entry::hardware);
  std::uint64_t* word = bench_->attempt(request);
  if (word == nullptr) {
    observer_->enter(Entry::fault);
    const FaultAnswer answer = bench_->kernel.page_fault(request);
    EXPECT_TRUE(answer != FaultAnswer::resume || is_legal(model, access));
    return;
  }
  ASSERT_TRUE(is_legal(model, access)) << "page " << access.page;
  bench_->kernel.referenced(process, request.address);
  const std::uint64_t end = stack_end(*bench_);
  if (access.page >= end - kStackPages && access.page < end) {
    for (std::uint64_t p = access.page; p < end; ++p) model.pages.try_emplace(p);
  }
  PageModel& page = model.pages.at(access.page);
  // A private copy shows the file as it was when the store faulted, which is not when it succeeds.
  const bool just_copied =
      access.type == AccessType::store && page.kind == PageModel::Kind::file_private && !page.own;
  if (!just_copied) {
    EXPECT_EQ(*word, value_of(page))
        << "process " << process.value() << ", page " << access.page << ", kind "
        << static_cast<int>(page.kind) << " of object " << page.object << ", index " << page.index;
  }
  if (access.type == AccessType::store) {
    *word = ++stores_;
    if (page.kind == PageModel::Kind::file_private) page.own = 0;
    value_of(page) = stores_;
  }
  model.access.reset();
}

void ProgramStress::system_call(ProcessId p, ProcessModel& model) {
  observer_->enter(Entry::give_up);
  switch (random_.below(14)) {
    case 0:
    case 1:
      return do_mmap(p, model);
    case 2:
      return do_munmap(p, model);
    case 3:
      observer_->enter(Entry::protect);
      return do_mprotect(p, model);
    case 4:
      observer_->enter(Entry::fault);  // locking brings pages in
      return do_lock(p, model);
    case 5:
      return do_dont_need(p, model);
    case 6:
      return do_brk(p, model);
    case 7:
    case 8:
      return do_shm(p, model);
    case 9:
      observer_->enter(Entry::fork);
      if (uses_huge_pages() && random_.below(30) > 0) return;  // it splits all large pages
      if (bench_->kernel.alive() < 6) do_fork(p, model);
      return;
    case 10:
      if (random_.below(patience()) == 0) do_exec(p, model);
      if (random_.below(patience()) == 0) bench_->kernel.exit(p);
      return;
    case 11:
      return do_huge(p, model);
    case 12:
      observer_->enter(Entry::other);
      bench_->kernel.msync(p, some_range(model));
      return;
    default:
      observer_->enter(Entry::other);
      bench_->kernel.wait(p);
  }
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

void ProgramStress::check_transitions() {
  for (const std::string& complaint : observer_->complaints()) ADD_FAILURE() << complaint;
}

void ProgramStress::forget_the_dead() {
  for (const KillReport& kill : bench_->machine.kills) {
    const bool by_mistake =
        kill.reason == KillReason::bad_address || kill.reason == KillReason::no_permission;
    const ProcessModel& model = processes_.at(kill.process.value());
    if (!by_mistake) continue;
    ASSERT_TRUE(model.access.has_value());
    EXPECT_FALSE(is_legal(model, *model.access)) << "killed for page " << model.access->page;
  }
  bench_->machine.kills.clear();
  bench_->machine.faults.clear();
  bench_->machine.fences.clear();
  bench_->machine.started.clear();
  for (auto it = processes_.begin(); it != processes_.end();) {
    it = bench_->kernel.is_alive(ProcessId(it->first)) ? std::next(it) : processes_.erase(it);
  }
}

void ProgramStress::finish() {
  check_invariants(*bench_);
  observer_->enter(Entry::give_up);
  for (const auto& [id, model] : processes_) bench_->kernel.exit(ProcessId(id));
  observer_->enter(Entry::completion);
  tell_of_the_lost();
  bench_->finish_all_transfers();
  // Segments outlive processes: one more process ends them.
  const auto last = bench_->kernel.create_process();
  ASSERT_TRUE(last);
  for (std::uint32_t i = 0; i < bench_->kernel.state().segments.size(); ++i) {
    bench_->kernel.shm_remove(*last, SegmentId(i));
  }
  bench_->kernel.exit(*last);
  bench_->finish_all_transfers();
  check_transitions();
  check_invariants(*bench_);
  const FrameCounts counts = bench_->frame_counts();
  EXPECT_EQ(counts.free + counts.cached, bench_->kernel.state().frames.total());
  EXPECT_EQ(bench_->kernel.state().blocks.counts().in_use, 0U) << "slots leak";
}

}  // namespace tlmmu::kernel::testing
