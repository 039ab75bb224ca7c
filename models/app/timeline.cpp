// SPDX-License-Identifier: Apache-2.0
#include "models/app/timeline.h"

#include <fmt/format.h>

#include <iterator>

namespace tlmmu {

namespace {

using kernel::FaultKind;

constexpr const char* kMachineColumns =
    "time_us,processes,unallocated,untouched,resident,copy_on_write,swapped,frames_free,"
    "frames_reserved,frames_page_tables,frames_slab,frames_mapped,frames_cached,frames_reading,"
    "frames_writing,faults_minor,faults_major,faults_copy_on_write,faults_other,swap_ins,swap_outs,"
    "accesses,busy";
constexpr const char* kProcessColumns =
    "time_us,unallocated,untouched,resident,copy_on_write,swapped,working_set,faults_minor,"
    "faults_major,faults_copy_on_write,faults_other";

template <class... Args>
void append(std::string& rows, fmt::format_string<Args...> form, Args&&... args) {
  fmt::format_to(std::back_inserter(rows), form, std::forward<Args>(args)...);
}

std::string microseconds_text(Picoseconds time) {
  return fmt::format("{}.{:06}", time.value() / 1'000'000, time.value() % 1'000'000);
}

/// The faults since `before`, as four columns that sum to all of them.
std::string fault_columns(const FaultStats& now, const FaultStats& before) {
  const auto since = [&](FaultKind kind) { return now.of(kind) - before.of(kind); };
  const std::uint64_t minor = since(FaultKind::minor) + since(FaultKind::stack_growth);
  const std::uint64_t major = since(FaultKind::major_file) + since(FaultKind::major_swap);
  return fmt::format(
      "{},{},{},{}", minor, major, since(FaultKind::copy_on_write),
      since(FaultKind::spurious) + since(FaultKind::fatal) + since(FaultKind::refused));
}

std::string page_columns(const PageStateCounts& pages) {
  return fmt::format("{},{},{},{},{}", pages.unallocated, pages.untouched, pages.resident,
                     pages.copy_on_write, pages.swapped);
}

PageStateCounts pages_of(const ProcessStats& process, std::uint64_t user_pages) {
  PageStateCounts pages;
  pages.unallocated = user_pages - process.allocated;
  pages.untouched = process.allocated - process.resident - process.swapped;
  pages.resident = process.resident - process.copy_on_write;
  pages.copy_on_write = process.copy_on_write;
  pages.swapped = process.swapped;
  return pages;
}

/// The share of the time since the last sample in which a process or the kernel had the CPU.
double busy_share(Picoseconds idle, Picoseconds elapsed) {
  if (elapsed.value() == 0) return 1;
  return 1 - static_cast<double>(idle.value()) / static_cast<double>(elapsed.value());
}

}  // namespace

void PageStateCounts::add(const PageStateCounts& other) {
  unallocated += other.unallocated;
  untouched += other.untouched;
  resident += other.resident;
  copy_on_write += other.copy_on_write;
  swapped += other.swapped;
}

void Timeline::check(bool holds, const char* law, Picoseconds now) {
  if (holds || !broken_.empty()) return;
  broken_ = fmt::format("timeline: {} us: {}", microseconds_text(now), law);
}

void Timeline::sample(const Platform& platform, Picoseconds now) {
  const PortableKernelStats stats(platform.kernel().portable(), FrameCensus());
  const Totals totals = add_processes(platform, stats, now);
  add_machine(platform, stats, totals, now);
  references_.next_window();
  last_ = now;
  last_kernel_ = stats;
}

Timeline::Totals Timeline::add_processes(const Platform& platform, const PortableKernelStats& stats,
                                         Picoseconds now) {
  const kernel::Kernel& portable = platform.kernel().portable();
  const std::uint64_t user_pages = portable.state().mode.user_half() / kPageBytes;
  Totals totals;
  processes_.resize(stats.processes.size());
  last_kernel_.processes.resize(stats.processes.size());
  for (std::uint32_t i = 0; i < stats.processes.size(); ++i) {
    const ProcessStats& process = stats.processes[i];
    const ProcessStats& before = last_kernel_.processes[i];
    const bool alive = portable.is_alive(kernel::ProcessId(i));
    // One that ended since the last sample gets a last row.
    if (!alive && process.faults.total() == before.faults.total()) continue;
    const PageStateCounts pages = alive ? pages_of(process, user_pages) : PageStateCounts();
    check(process.allocated <= user_pages, "allocated pages <= user half", now);
    check(process.resident + process.swapped <= process.allocated,
          "resident + swapped pages <= allocated", now);
    check(process.copy_on_write <= process.resident, "copy-on-write pages <= resident", now);
    append(processes_[i], "{},{},{},{}\n", microseconds_text(now), page_columns(pages),
           references_.pages(i), fault_columns(process.faults, before.faults));
    totals.pages.add(pages);
    totals.alive += alive ? 1 : 0;
  }
  check(totals.pages.sum() == totals.alive * user_pages, "page states = pages", now);
  return totals;
}

void Timeline::add_machine(const Platform& platform, const PortableKernelStats& kernel,
                           const Totals& totals, Picoseconds now) {
  const kernel::FrameCounts& f = kernel.frames;
  const std::uint64_t frames =
      f.free + f.reserved + f.page_tables + f.slab + f.mapped + f.cached + f.in_flight();
  check(frames == kernel.total_frames, "frame states = frames", now);
  check(kernel.resident() == f.mapped + kernel.shared_mappings,
        "resident pages = mapped frames + further users", now);
  const kernel::Counters& c = kernel.counters;
  const Picoseconds idle = platform.kernel().idle_time(now);
  const std::uint64_t accesses = platform.cpu().stats().accesses();
  append(machine_, "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{:.6f}\n", microseconds_text(now),
         totals.alive, page_columns(totals.pages), f.free, f.reserved, f.page_tables, f.slab,
         f.mapped, f.cached, f.reading, f.writing,
         fault_columns(kernel.faults, last_kernel_.faults),
         c.swap_ins - last_kernel_.counters.swap_ins, c.swap_outs - last_kernel_.counters.swap_outs,
         accesses - last_accesses_, busy_share(idle - last_idle_, now - last_));
  last_idle_ = idle;
  last_accesses_ = accesses;
}

std::string Timeline::csv() const {
  std::string text = fmt::format("# machine\n{}\n{}", kMachineColumns, machine_);
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    append(text, "\n\n# process_{}\n{}\n{}", i, kProcessColumns, processes_[i]);
  }
  return text;
}

}  // namespace tlmmu
