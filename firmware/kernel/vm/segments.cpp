// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/vm/segments.h"

namespace tlmmu::kernel {

std::optional<SegmentId> Segments::find(SegmentKey key) const {
  for (std::uint32_t i = 0; i < state_.segments.size(); ++i) {
    const SharedSegment& segment = state_.segments.at(SegmentId(i));
    if (segment.alive && !segment.removed && segment.key == key) return SegmentId(i);
  }
  return std::nullopt;
}

bool Segments::is_named(SegmentId id) const {
  if (!state_.segments.contains(id)) return false;
  const SharedSegment& segment = state_.segments.at(id);
  return segment.alive && !segment.unnamed;
}

std::optional<SegmentId> Segments::unused_entry() {
  for (std::uint32_t i = 0; i < state_.segments.size(); ++i) {
    if (!state_.segments.at(SegmentId(i)).alive) return SegmentId(i);
  }
  if (state_.segments.full()) return std::nullopt;
  return state_.segments.add();
}

CallAnswer Segments::get(Process& process, SegmentKey key, Bytes size) {
  const std::uint64_t pages = (size.value() + kPageBytes.value() - 1) >> kPageShift;
  const auto known = key == SegmentKey(0) ? std::nullopt : find(key);
  if (!known) return make(process, key, pages);
  const bool fits = pages <= state_.segments.at(*known).pages;
  return fits ? call_result(known->value()) : call_error(CallError::invalid_argument);
}

CallAnswer Segments::make_unnamed(Process& process, std::uint64_t pages) {
  const CallAnswer made = make(process, SegmentKey(0), pages);
  if (!made.ok()) return made;
  SharedSegment& segment = state_.segments.at(SegmentId(static_cast<std::uint32_t>(made.value)));
  segment.unnamed = true;
  segment.removed = true;
  return made;
}

CallAnswer Segments::make(Process& process, SegmentKey key, std::uint64_t pages) {
  const std::uint64_t per_frame = kPageBytes.value() / SharedSegment::kEntryBytes;
  if (pages == 0 || pages > per_frame << (kOrders - 1)) {
    return call_error(CallError::invalid_argument);
  }
  unsigned order = 0;
  while (per_frame << order < pages) ++order;
  Frame* table = state_.frames.allocate(FrameState::page_table, order);
  if (table == nullptr && order == 0) {
    const auto got = allocator_.allocate(process, FrameState::page_table);
    if (got.frame == nullptr) return call_later(got.otherwise);
    table = got.frame;
  }
  if (table == nullptr) return call_error(CallError::no_memory);  // no such block is free
  const auto id = unused_entry();
  if (!id) {
    state_.frames.release(*table, order);
    return call_error(CallError::no_memory);
  }
  SharedSegment& segment = state_.segments.at(*id);
  segment = SharedSegment();
  segment.key = key;
  segment.pages = pages;
  segment.table = state_.frames.number_of(*table);
  segment.table_order = order;
  segment.alive = true;
  ++state_.counters.segments_made;
  for (std::uint64_t i = 0; i < std::uint64_t{1} << order; ++i) {
    state_.machine.zero_frame(Ppn(segment.table.value() + i));
  }
  state_.counters.page_tables_allocated += std::uint64_t{1} << order;
  return call_result(id->value());
}

CallAnswer Segments::remove(SegmentId id) {
  if (!is_named(id)) return call_error(CallError::invalid_argument);
  SharedSegment& segment = state_.segments.at(id);
  segment.removed = true;
  if (segment.attachments == 0) spaces_.destroy(segment);
  return call_result(0);
}

}  // namespace tlmmu::kernel
