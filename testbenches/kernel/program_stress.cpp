// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/program_stress.h"

#include "firmware/kernel/vm/layout.h"
#include "models/arch/permissions.h"
#include "testbenches/kernel/invariants.h"

namespace tlmmu::kernel::testing {

namespace {

constexpr std::uint64_t kFilePages = 24;

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
  ++steps_;
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
    start_access(process, model);
    if (model.access) continue_access(process, model);
  } else {
    system_call(process, model);
  }
}

bool ProgramStress::spares(ProcessId process, std::uint64_t page) {
  constexpr std::uint64_t kWhile = 2000;
  if (!uses_huge_pages() || (steps_ / kWhile) % 2 == 0) return false;
  return bench_->find_leaf(process, page << kPageShift).level > 0;
}

std::uint64_t ProgramStress::some_page(ProcessId process, const ProcessModel& model) {
  std::uint64_t page = 0;
  for (int tries = 0; tries < 8; ++tries) {
    auto at = model.pages.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random_.below(model.pages.size())));
    page = at->first;
    if (!spares(process, page)) break;
  }
  return page;
}

void ProgramStress::start_access(ProcessId process, ProcessModel& model) {
  const auto type = static_cast<AccessType>(random_.below(3));
  std::uint64_t page = stack_end(*bench_) - 1 - random_.below(kStressStackPages);
  if (random_.below(12) != 0) page = some_page(process, model);
  model.access = PendingAccess{page, type};
  // What is not allowed ends the process: seldom.
  if (!is_legal(model, *model.access) && random_.below(200) != 0) model.access.reset();
}

bool ProgramStress::is_legal(const ProcessModel& model, const PendingAccess& access) const {
  const auto found = model.pages.find(access.page);
  if (found == model.pages.end()) {
    const std::uint64_t end = stack_end(*bench_);
    return access.page >= end - kStressStackPages && access.page < end &&
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
  if (access.page >= end - kStressStackPages && access.page < end) {
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
  switch (random_.below(15)) {
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
      return do_fork(p, model);
    case 10:
      return do_end(p, model);
    case 11:
      return do_huge(p, model);
    case 12:
    case 13:
      observer_->enter(Entry::other);
      return do_sync(p, model);
    default:
      observer_->enter(Entry::other);
      bench_->kernel.wait(p);
  }
}

}  // namespace tlmmu::kernel::testing
