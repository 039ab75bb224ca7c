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
      bench_(std::make_unique<ProgramBench>(random_settings(random_), 20'000)),
      data_file_(bench_->kernel.create_file(kFilePages).value_or(FileId(0))) {
  bench_->machine.depth = 1 + random_.below(8);
  bench_->ad_update = random_.below(2) == 0 ? AdUpdate::hardware : AdUpdate::fault;
  for (unsigned i = 0; i < dangers.bad_blocks; ++i) {
    bench_->machine.bad_writes.insert(random_.below(100));
    bench_->machine.bad_reads.insert(random_.below(100));
  }
}

Settings ProgramStress::random_settings(Random& random) {
  Settings settings = settings_of(150 + random.below(200), random.below(20));
  settings.mode = random.below(2) == 0 ? PagingModeName::sv39 : PagingModeName::sv48;
  settings.disk.blocks = 150 + random.below(600);
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
      bench_->finish_all_transfers();
      const auto id = bench_->kernel.create_task(bench_->program.image());
      ASSERT_TRUE(id) << "not even one program can start";
      start_program(processes_[id->value()]);
    }
    step();
    if (i % check_every == 0) check_invariants(*bench_);
  }
  finish();
}

void ProgramStress::step() {
  bench_->machine.time += microseconds(1);
  if (!bench_->machine.queue.empty() && random_.below(4) == 0) finish_some_transfer();
  const auto process = bench_->kernel.schedule();
  if (process) {
    act(*process);
  } else if (!bench_->machine.queue.empty()) {
    finish_some_transfer();
  } else {
    ASSERT_EQ(bench_->kernel.alive(), 0U) << "everybody waits, but for nothing";
  }
  forget_the_dead();
}

void ProgramStress::act(ProcessId process) {
  ProcessModel& model = processes_.at(process.value());
  const std::uint64_t dice = random_.below(100);
  if (dice < 4) {
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
  std::uint64_t* word = bench_->attempt(request);
  if (word == nullptr) {
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
  switch (random_.below(12)) {
    case 0:
    case 1:
      return do_mmap(p, model);
    case 2:
      return do_munmap(p, model);
    case 3:
      return do_mprotect(p, model);
    case 4:
      return do_lock(p, model);
    case 5:
      return do_dont_need(p, model);
    case 6:
      return do_brk(p, model);
    case 7:
    case 8:
      return do_shm(p, model);
    case 9:
      if (bench_->kernel.alive() < 6) do_fork(p, model);
      return;
    case 10:
      if (random_.below(3) == 0) do_exec(p, model);
      if (random_.below(3) == 0) bench_->kernel.exit(p);
      return;
    default:
      bench_->kernel.wait(p);
  }
}

void ProgramStress::finish_some_transfer() {
  bench_->finish_transfer(random_.below(bench_->machine.queue.size()));
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
  for (const auto& [id, model] : processes_) bench_->kernel.exit(ProcessId(id));
  bench_->finish_all_transfers();
  // Segments outlive processes: one more process ends them.
  const auto last = bench_->kernel.create_process();
  ASSERT_TRUE(last);
  for (std::uint32_t i = 0; i < bench_->kernel.state().segments.size(); ++i) {
    bench_->kernel.shm_remove(*last, SegmentId(i));
  }
  bench_->kernel.exit(*last);
  bench_->finish_all_transfers();
  check_invariants(*bench_);
  const FrameCounts counts = bench_->frame_counts();
  EXPECT_EQ(counts.free + counts.cached, bench_->kernel.state().frames.total());
  EXPECT_EQ(bench_->kernel.state().blocks.counts().in_use, 0U) << "slots leak";
}

}  // namespace tlmmu::kernel::testing
