// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/process_source.h"

namespace tlmmu::scenario {

namespace {

// Far from the program and its stack, and from each other.
constexpr VirtualAddress kFirstRegion{std::uint64_t{1} << 40U};
constexpr VirtualAddress kFirstHeap{std::uint64_t{1} << 39U};

}  // namespace

ProcessSource::ProcessSource(const Scenario& scenario, std::uint32_t process, std::uint64_t limit)
    : run_(scenario, process, Layout{}),
      left_(limit),
      next_region_(kFirstRegion),
      heap_end_(kFirstHeap) {
  batch_.reserve(kBatch);
}

bool ProcessSource::next_batch() {
  batch_.clear();
  while (batch_.size() < kBatch && left_ != 0) {
    const auto step = run_.next();
    if (!step) break;
    if (const auto* access = std::get_if<MemoryAccess>(&*step)) {
      batch_.push_back(*access);
      --left_;
    } else {
      run_.answer(done(std::get<SystemCall>(*step)));
    }
  }
  set_batch(batch_.data(), batch_.size());
  return !batch_.empty();
}

kernel::CallAnswer ProcessSource::done(const SystemCall& call) {
  if (const auto* map = std::get_if<MapCall>(&call)) {
    const auto& request = map->request;
    return request.fixed ? kernel::call_result(request.fixed->value())
                         : next_region(request.length);
  }
  if (const auto* segment = std::get_if<GetSegmentCall>(&call)) {
    segment_length_ = segment->length;
    return kernel::call_result(0);
  }
  if (std::holds_alternative<AttachSegmentCall>(call)) return next_region(segment_length_);
  if (const auto* brk = std::get_if<BreakCall>(&call)) {
    const VirtualAddress before = heap_end_;
    heap_end_ = before + Bytes(static_cast<std::uint64_t>(brk->increment));
    return kernel::call_result(before.value());
  }
  if (std::holds_alternative<ExecCall>(call)) heap_end_ = kFirstHeap;
  if (std::holds_alternative<WaitCall>(call)) {
    return kernel::call_error(kernel::CallError::no_child);
  }
  return kernel::call_result(0);
}

kernel::CallAnswer ProcessSource::next_region(Bytes length) {
  const VirtualAddress address = next_region_;
  next_region_ = next_region_ + length;
  return kernel::call_result(address.value());
}

}  // namespace tlmmu::scenario
