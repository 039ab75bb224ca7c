// SPDX-License-Identifier: Apache-2.0
// Creation, exec and wait.
#include "firmware/kernel/process/tasks.h"

#include "firmware/kernel/vm/layout.h"

namespace tlmmu::kernel {

Process* Tasks::add_process() {
  if (state_.processes.full()) return nullptr;
  Frame* root = state_.frames.allocate(FrameState::page_table);
  if (root == nullptr) return nullptr;
  Process& process = state_.processes.add();
  process.root = state_.frames.number_of(*root);
  process.use.page_tables = 1;
  if (process.use.max_page_tables == 0) process.use.max_page_tables = 1;
  mapper_.renew_asid(process);
  ++state_.counters.page_tables_allocated;
  state_.machine.zero_frame(process.root);
  install_kernel(process.root);
  return &process;
}

// The kernel sees all memory through leaves of the root table, in the upper half of every address
// space: global, so that they survive a change of ASID in the TLBs, and without U.
void Tasks::install_kernel(Ppn root) {
  const PageTables& tables = spaces_.tables();
  const std::uint64_t reach = bytes_of(state_.mode.page_size(tables.top())).value();
  const std::uint64_t first = state_.settings.memory_base.value() / reach;
  const std::uint64_t end =
      state_.settings.memory_base.value() + state_.settings.memory_size.value();
  const std::uint64_t last = (end - 1) / reach;
  const unsigned flags = PteFlags::kV | PteFlags::kR | PteFlags::kW | PteFlags::kX | PteFlags::kG |
                         PteFlags::kA | PteFlags::kD;
  for (std::uint64_t i = first; i <= last && i - first < tables.entries() / 2; ++i) {
    const Pte leaf(PhysicalAddress(i * reach).page(), PteFlags(static_cast<std::uint8_t>(flags)));
    state_.machine.write_pte(tables.entry(root, tables.entries() / 2 + (i - first)), leaf);
  }
}

std::optional<ProcessId> Tasks::create_trace() {
  Process* process = add_process();
  if (process == nullptr) return std::nullopt;
  process->trace_area.kind = AreaKind::trace;
  process->trace_area.end = user_end(state_.mode);
  process->areas.insert(process->trace_area);
  state_.scheduler.add(*process);
  ++state_.counters.processes_started;
  return process->id;
}

bool Tasks::is_legal(const ProgramImage& image) const {
  Vpn reached(1);  // nothing is mapped at 0, so that a null pointer faults
  for (std::size_t i = 0; i < image.count; ++i) {
    const ImageSegment& segment = image.segments[i];
    const auto pages = areas_.pages_of(segment.range);
    if (!pages || pages->start < reached) return false;
    reached = pages->end;
    if (!segment.contents) continue;
    if (!state_.files.contains(segment.contents->file)) return false;
    const std::uint64_t size = state_.files.at(segment.contents->file).pages;
    const std::uint64_t wanted = pages->end.value() - pages->start.value();
    if (segment.contents->page > size || wanted > size - segment.contents->page) return false;
  }
  return image.count > 0 && reached <= mmap_region(state_.mode, state_.settings).start;
}

void Tasks::build(Process& process, const ProgramImage& image) {
  Area area;
  for (std::size_t i = 0; i < image.count; ++i) {
    const ImageSegment& segment = image.segments[i];
    const PageRange pages = *areas_.pages_of(segment.range);
    area = Area();
    area.start = pages.start;
    area.end = pages.end;
    area.kind = segment.contents ? AreaKind::file : AreaKind::anonymous;
    area.permissions = segment.permissions;
    if (segment.contents) area.file = segment.contents->file;
    if (segment.contents) area.offset = segment.contents->page;
    areas_.add_area(process, area);
  }
  process.image_start = image.segments[0].range.start;
  process.heap_start = process.heap_break = address_of(area.end);
  area = Area();
  area.kind = AreaKind::stack;
  area.end = stack_top(state_.mode);
  process.stack_end = address_of(area.end);
  area.start = Vpn(area.end.value() - 1);
  area.lowest = stack_lowest(state_.mode, state_.settings);
  areas_.add_area(process, area);
}

std::optional<ProcessId> Tasks::create(const ProgramImage& image) {
  if (!is_legal(image)) return std::nullopt;
  while (!state_.area_slab.has(image.count + 1)) {
    Frame* slab = state_.frames.allocate(FrameState::slab);
    if (slab == nullptr) return std::nullopt;
    state_.area_slab.add(state_.frames.number_of(*slab));
  }
  Process* process = add_process();
  if (process == nullptr) return std::nullopt;
  build(*process, image);
  state_.scheduler.add(*process);
  ++state_.counters.processes_started;
  return process->id;
}

CallAnswer Tasks::exec(Process& process, const ProgramImage& image) {
  if (!is_legal(image)) return call_error(CallError::invalid_argument);
  const FaultAnswer room = allocator_.ensure_areas(process, image.count + 1);
  if (room != FaultAnswer::resume) return {room, CallError::none, 0};
  for (std::size_t i = 0; i < image.count; ++i) {
    if (!image.segments[i].contents) continue;
    const FaultAnswer opened = areas_.open(process, image.segments[i].contents->file);
    if (opened != FaultAnswer::resume) return {opened, CallError::none, 0};
  }
  spaces_.clear(process);
  build(process, image);
  ++state_.counters.execs;
  return call_result(0);
}

CallAnswer Tasks::wait(Process& parent) {
  if (parent.children == 0) return call_error(CallError::no_child);
  if (parent.zombies == 0) {
    state_.scheduler.block(parent, WaitReason::child);
    return {FaultAnswer::blocked, CallError::none, 0};
  }
  for (std::uint32_t i = 0; i < state_.processes.size(); ++i) {
    Process& child = state_.processes.at(ProcessId(i));
    if (child.parent != parent.id || child.collected || child.is_alive()) continue;
    ending_.collect(parent, child);
    return call_result(child.id.value());
  }
  return call_error(CallError::no_child);
}

}  // namespace tlmmu::kernel
