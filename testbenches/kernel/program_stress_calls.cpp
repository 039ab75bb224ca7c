// SPDX-License-Identifier: Apache-2.0
// The system calls of the random programs, each with what it does to the model.
#include "firmware/kernel/vm/layout.h"
#include "testbenches/kernel/program_stress.h"

namespace tlmmu::kernel::testing {

namespace {

constexpr std::uint64_t kFilePages = 24, kFixedAt = 0x400;
constexpr std::uint8_t kAllPermissions[] = {PteFlags::kR, PteFlags::kR | PteFlags::kW,
                                            PteFlags::kR | PteFlags::kX, PteFlags::kX, 0};

std::uint64_t first_page(const AddressRange& range) {
  return range.start.page().value();
}
std::uint64_t end_page(const AddressRange& range) {
  return first_page(range) + range.length / kPageBytes;
}

void erase(SpaceModel& pages, const AddressRange& range) {
  pages.erase(pages.lower_bound(first_page(range)), pages.lower_bound(end_page(range)));
}

bool covers(const SpaceModel& pages, const AddressRange& range) {
  for (std::uint64_t p = first_page(range); p < end_page(range); ++p) {
    if (pages.count(p) == 0) return false;
  }
  return true;
}

}  // namespace

void ProgramStress::start_program(ProcessModel& model) const {
  model = ProcessModel();
  const std::uint64_t file = bench_->file.value();
  for (std::uint64_t i = 0; i < 4; ++i) {
    PageModel text;
    text.kind = PageModel::Kind::file_private;
    text.object = file;
    text.index = i;
    text.permissions = kReadExecute.flags;
    model.pages[(kTextAt >> kPageShift) + i] = text;
    text.index = 4 + i;
    text.permissions = kReadWrite.flags;
    model.pages[(kDataAt >> kPageShift) + i] = text;
  }
  for (std::uint64_t i = 0; i < 64; ++i) model.pages[(kBssAt >> kPageShift) + i] = PageModel();
  model.heap_start = model.heap_end = (kBssAt >> kPageShift) + 64;
}

// Some pages around one that is there, but none of the stack.
AddressRange ProgramStress::some_range(const ProcessModel& model) {
  auto at = model.pages.begin();
  std::advance(at, static_cast<std::ptrdiff_t>(random_.below(model.pages.size())));
  std::uint64_t page = at->first;
  const Settings& settings = bench_->kernel.state().settings;
  const PagingMode& mode = paging_mode(settings.mode);
  if (page >= stack_lowest(mode, settings).value()) page = kFixedAt;
  if (uses_huge_pages() && random_.below(100) > 0) page = kFixedAt;  // else none stays whole
  return range_at(page << kPageShift, 1 + random_.below(8));
}

void ProgramStress::do_mmap(ProcessId p, ProcessModel& model) {
  MapRequest request;
  request.length = kPageBytes * (1 + random_.below(12));
  const std::uint64_t pages = request.length / kPageBytes;
  if (random_.below(3) == 0) {
    request.fixed = VirtualAddress((kFixedAt + random_.below(40)) << kPageShift);
  }
  request.permissions = {kAllPermissions[random_.below(2)]};
  PageModel page;
  page.permissions = request.permissions.flags;
  if (random_.below(2) == 0) {
    const std::uint64_t offset = random_.below(kFilePages - pages);
    request.contents = FilePart{data_file_, offset};
    request.sharing = random_.below(2) == 0 ? Sharing::shared : Sharing::private_copy;
    page.kind = request.sharing == Sharing::shared ? PageModel::Kind::file_shared
                                                   : PageModel::Kind::file_private;
    page.object = data_file_.value();
    page.index = offset;
  } else if (random_.below(4) == 0) {
    request.sharing = Sharing::shared;
    page.kind = PageModel::Kind::segment;
    page.object = next_instance_++;
  }
  const CallAnswer answer = bench_->kernel.mmap(p, request);
  if (!answer.ok()) return;
  const AddressRange range = range_at(answer.value, pages);
  erase(model.pages, range);
  for (std::uint64_t n = first_page(range); n < end_page(range); ++n, ++page.index) {
    model.pages[n] = page;
  }
}

void ProgramStress::do_munmap(ProcessId p, ProcessModel& model) {
  if (model.pages.size() < 20) return;
  const AddressRange range = some_range(model);
  if (bench_->kernel.munmap(p, range).ok()) erase(model.pages, range);
}

void ProgramStress::do_mprotect(ProcessId p, ProcessModel& model) {
  const AddressRange range = some_range(model);
  const std::uint8_t permissions = kAllPermissions[random_.below(5)];
  const CallAnswer answer = bench_->kernel.mprotect(p, range, {permissions});
  if (answer.answer != FaultAnswer::resume) return;
  EXPECT_EQ(answer.ok(), covers(model.pages, range));
  if (!answer.ok()) return;
  for (std::uint64_t n = first_page(range); n < end_page(range); ++n) {
    model.pages[n].permissions = permissions;
  }
}

// Locking copies private pages of files as a store would: they do not follow their file any more.
void ProgramStress::note_copies(ProcessId p, ProcessModel& model, const AddressRange& range) {
  for (std::uint64_t n = first_page(range); bench_->kernel.is_alive(p) && n < end_page(range);
       ++n) {
    const auto page = model.pages.find(n);
    if (page == model.pages.end() || page->second.kind != PageModel::Kind::file_private) continue;
    const Pte pte = bench_->leaf(p, n << kPageShift);
    if (page->second.own || !pte.flags().v()) continue;
    const bool copied = bench_->kernel.state().frames.at(pte.ppn()).kind == PageKind::anonymous;
    if (copied) page->second.own = bench_->machine.frame(pte.ppn())[0];
  }
}

void ProgramStress::do_lock(ProcessId p, ProcessModel& model) {
  const AddressRange range = some_range(model);
  const bool lock = random_.below(8) == 0;
  const CallAnswer answer =
      lock ? bench_->kernel.mlock(p, range) : bench_->kernel.munlock(p, range);
  if (lock) note_copies(p, model, range);
  if (answer.answer != FaultAnswer::resume) return;
  const bool too_many = lock && answer.error == CallError::no_memory;
  EXPECT_EQ(answer.ok(), covers(model.pages, range) && !too_many);
}

void ProgramStress::do_dont_need(ProcessId p, ProcessModel& model) {
  const AddressRange range = some_range(model);
  if (!bench_->kernel.madvise(p, range, Advice::dont_need).ok()) return;
  for (std::uint64_t n = first_page(range); n < end_page(range); ++n) model.pages[n].own.reset();
}

/// Room for several large pages and more than there is memory; once per process.
void ProgramStress::do_huge(ProcessId p, ProcessModel& model) {
  const std::uint64_t large = std::uint64_t{1} << bench_->kernel.state().mode.index_bits;
  if (!uses_huge_pages() || model.pages.size() > large) return;
  MapRequest request;
  request.length = kPageBytes * (4 * large);
  const CallAnswer answer = bench_->kernel.mmap(p, request);
  if (!answer.ok()) return;
  const AddressRange range = range_at(answer.value, 4 * large);
  for (std::uint64_t n = first_page(range); n < end_page(range); ++n) model.pages[n] = PageModel();
  if (bench_->kernel.is_alive(p)) bench_->kernel.madvise(p, range, Advice::huge_page);
}

void ProgramStress::do_brk(ProcessId p, ProcessModel& model) {
  const std::uint64_t to = model.heap_start + random_.below(40);
  if (!bench_->kernel.brk(p, VirtualAddress(to << kPageShift)).ok()) return;
  for (std::uint64_t n = model.heap_end; n < to; ++n) model.pages[n] = PageModel();
  if (to < model.heap_end) {
    erase(model.pages, range_at(to << kPageShift, model.heap_end - to));
  }
  model.heap_end = to;
}

void ProgramStress::do_fork(ProcessId p, const ProcessModel& model) {
  if (uses_huge_pages() && random_.below(30) > 0) return;  // it splits all large pages
  if (bench_->kernel.alive() >= 6) return;
  const CallAnswer answer = bench_->kernel.fork(p);
  if (!answer.ok()) return;
  ProcessModel child = model;
  child.access.reset();
  processes_[static_cast<std::uint32_t>(answer.value)] = child;
}

void ProgramStress::do_exec(ProcessId p, ProcessModel& model) {
  if (bench_->kernel.exec(p, bench_->program.image()).ok()) start_program(model);
}

void ProgramStress::do_end(ProcessId p, ProcessModel& model) {
  if (random_.below(patience()) == 0) do_exec(p, model);
  if (random_.below(patience()) == 0) bench_->kernel.exit(p);
}

void ProgramStress::do_sync(ProcessId p, const ProcessModel& model) {
  if (random_.below(2) == 0) {
    bench_->kernel.msync(p, some_range(model));
  } else {
    bench_->kernel.sync(p);
  }
}

void ProgramStress::do_detach(ProcessId p, ProcessModel& model) {
  const auto [address, number] = *model.attachments.begin();
  const std::uint64_t pages =
      bench_->kernel.state().segments.at(SegmentId(static_cast<std::uint32_t>(number))).pages;
  const CallAnswer answer = bench_->kernel.shmdt(p, VirtualAddress(address));
  if (answer.answer != FaultAnswer::resume) return;
  model.attachments.erase(address);
  if (!answer.ok()) return;
  for (std::uint64_t n = address >> kPageShift; n < (address >> kPageShift) + pages; ++n) {
    const auto page = model.pages.find(n);
    const bool of_it = page != model.pages.end() && page->second.kind == PageModel::Kind::segment &&
                       page->second.index == n - (address >> kPageShift);
    if (of_it) model.pages.erase(page);
  }
}

void ProgramStress::do_shm(ProcessId p, ProcessModel& model) {
  if (!model.attachments.empty() && random_.below(2) == 0) return do_detach(p, model);
  const auto& segments = bench_->kernel.state().segments;
  const SegmentKey key(1 + random_.below(3));
  bool known = false;
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    const SharedSegment& s = segments.at(SegmentId(i));
    known = known || (s.alive && !s.removed && s.key == key);
  }
  const CallAnswer got = bench_->kernel.shmget(p, key, kPageBytes * (1 + random_.below(8)));
  if (!got.ok()) return;
  const SegmentId id(static_cast<std::uint32_t>(got.value));
  if (!known) instances_[id.value()] = next_instance_++;
  const CallAnswer at = bench_->kernel.shmat(p, id, std::nullopt);
  if (at.ok()) {
    model.attachments[at.value] = id.value();
    PageModel page;
    page.kind = PageModel::Kind::segment;
    page.object = instances_.at(id.value());
    for (std::uint64_t i = 0; i < segments.at(id).pages; ++i) {
      page.index = i;
      model.pages[(at.value >> kPageShift) + i] = page;
    }
  }
  if (random_.below(3) == 0 && bench_->kernel.is_alive(p)) bench_->kernel.shm_remove(p, id);
}

}  // namespace tlmmu::kernel::testing
