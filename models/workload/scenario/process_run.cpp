// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/process_run.h"

#include <utility>

namespace tlmmu::scenario {

namespace {

const ScriptedProcess& script_of(const Scenario& scenario, std::uint32_t process) {
  return std::get<ScriptedProcess>(scenario.processes[process].what);
}

/// Processes get seeds that have nothing to do with each other.
std::uint64_t seed_of(std::uint64_t scenario_seed, std::uint32_t process) {
  return Random(Random(scenario_seed).next() + process).next();
}

std::optional<SystemCall> no_call() {
  return std::nullopt;
}

}  // namespace

ProcessRun::ProcessRun(const Scenario& scenario, std::uint32_t process, const Layout& layout)
    : ProcessRun(scenario, script_of(scenario, process), scenario.processes[process].name,
                 seed_of(scenario.seed, process), layout) {
  place_ = scenario.processes[process].place;
}

ProcessRun::ProcessRun(const Scenario& scenario, const ScriptedProcess& script, std::string name,
                       std::uint64_t seed, const Layout& layout)
    : scenario_(&scenario),
      layout_(layout),
      name_(std::move(name)),
      random_(seed),
      regions_(script.regions) {
  load(script.program);
  frames_.push_back({&script.body, 0, 0});
}

ProcessRun ProcessRun::of_boot(const Scenario& scenario) {
  constexpr std::uint32_t kNobody = ~std::uint32_t{0};
  return {scenario, *scenario.boot, "boot", seed_of(scenario.seed, kNobody), Layout()};
}

ProcessRun::ProcessRun(const ProcessRun& parent, const Fork& fork, std::uint64_t seed)
    : scenario_(parent.scenario_),
      layout_(parent.layout_),
      name_(fork.child.empty() ? parent.name_ : fork.child),
      program_(parent.program_),
      random_(seed),
      regions_(parent.regions_),
      segments_(parent.segments_),
      place_(parent.place_) {
  frames_.push_back({&fork.body, 0, 0});
}

ProcessRun ProcessRun::child() {
  return {*this, std::get<Fork>(statement_->what), random_.next()};
}

std::optional<Step> ProcessRun::next() {
  while (!exited_) {
    if (run_.left() != 0) {
      const MemoryAccess access = run_.next(random_);
      if (run_.context().privilege == Privilege::user) return access;
      return SupervisorCall{access, run_.context()};
    }
    if (follow_up_) return std::exchange(follow_up_, std::nullopt);
    if (auto call = advance()) return call;
  }
  return std::nullopt;
}

/// Begins the next statement; its call, if it is one.
std::optional<SystemCall> ProcessRun::advance() {
  Frame& frame = frames_.back();
  if (frame.next < frame.block->size()) {
    statement_ = &(*frame.block)[frame.next++];
    place_ = statement_->place;
    return std::visit([this](const auto& what) { return begin(what); }, statement_->what);
  }
  if (frame.rounds != 0) {
    --frame.rounds;
    frame.next = 0;
    return no_call();
  }
  if (frames_.size() == 1) return begin(Exit{});
  frames_.pop_back();
  return no_call();
}

void ProcessRun::answer(const kernel::CallAnswer& answer) {
  if (statement_ == nullptr) return;
  std::visit([&](const auto& what) { answered(what, answer); }, statement_->what);
}

std::optional<SystemCall> ProcessRun::begin(const Access& access) {
  run_ = AccessRun(access, span_of(access.range), tables_);
  return no_call();
}
std::optional<SystemCall> ProcessRun::begin(const Map& map) {
  return MapCall{map.request};
}
std::optional<SystemCall> ProcessRun::begin(const Unmap& unmap) {
  return UnmapCall{range_of(unmap.range)};
}
std::optional<SystemCall> ProcessRun::begin(const Protect& protect) {
  return ProtectCall{range_of(protect.range), protect.permissions};
}
std::optional<SystemCall> ProcessRun::begin(const Lock& lock) {
  return LockCall{range_of(lock.range)};
}
std::optional<SystemCall> ProcessRun::begin(const Unlock& unlock) {
  return UnlockCall{range_of(unlock.range)};
}
std::optional<SystemCall> ProcessRun::begin(const Sync& sync) {
  return SyncCall{range_of(sync.range)};
}
std::optional<SystemCall> ProcessRun::begin(const SyncAll& /*sync*/) {
  return SyncAllCall{};
}
std::optional<SystemCall> ProcessRun::begin(const Transfer& transfer) {
  const kernel::AddressRange buffer = range_of(transfer.buffer);
  return TransferCall{
      {transfer.direction, transfer.file, transfer.offset, buffer.start, buffer.length}};
}
std::optional<SystemCall> ProcessRun::begin(const Advise& advise) {
  return AdviseCall{range_of(advise.range), advise.advice};
}
std::optional<SystemCall> ProcessRun::begin(const Share& share) {
  attaching_ = false;
  return GetSegmentCall{share.key, share.length};
}
std::optional<SystemCall> ProcessRun::begin(const Unshare& unshare) {
  return DetachSegmentCall{regions_[unshare.region.value()].start};
}
std::optional<SystemCall> ProcessRun::begin(const Remove& remove) {
  const auto segment = segments_.find(remove.region);
  if (segment == segments_.end()) return no_call();  // there never was one
  return RemoveSegmentCall{segment->second};
}
std::optional<SystemCall> ProcessRun::begin(const Brk& brk) {
  const Bytes now = regions_[kHeap.value()].length;
  return BreakCall{static_cast<std::int64_t>(brk.length.value()) -
                   static_cast<std::int64_t>(now.value())};
}
std::optional<SystemCall> ProcessRun::begin(const Fork& /*fork*/) {
  return ForkCall{};
}
std::optional<SystemCall> ProcessRun::begin(const Exec& exec) {
  return ExecCall{exec.program.value()};
}
std::optional<SystemCall> ProcessRun::begin(const Exit& /*exit*/) {
  exited_ = true;
  return ExitCall{};
}
std::optional<SystemCall> ProcessRun::begin(const Wait& /*wait*/) {
  return WaitCall{};
}
std::optional<SystemCall> ProcessRun::begin(const Loop& loop) {
  frames_.push_back({&loop.body, 0, loop.times - 1});
  return no_call();
}

void ProcessRun::answered(const Map& map, const kernel::CallAnswer& answer) {
  if (!answer.ok()) return;
  regions_[map.region.value()] = {VirtualAddress(answer.value), map.request.length};
}

/// The first answer names the segment, the second one is its address.
void ProcessRun::answered(const Share& share, const kernel::CallAnswer& answer) {
  Span& region = regions_[share.region.value()];
  if (!answer.ok()) {
    attaching_ = false;
  } else if (std::exchange(attaching_, !attaching_)) {
    region = {VirtualAddress(answer.value), share.length};
  } else {
    const kernel::SegmentId segment(static_cast<std::uint32_t>(answer.value));
    segments_[share.region] = segment;
    follow_up_ = AttachSegmentCall{segment, share.permissions};
  }
}

void ProcessRun::answered(const Brk& brk, const kernel::CallAnswer& answer) {
  if (!answer.ok()) return;
  Span& heap = regions_[kHeap.value()];
  heap = {VirtualAddress(answer.value - heap.length.value()), brk.length};
}

void ProcessRun::answered(const Exec& exec, const kernel::CallAnswer& answer) {
  if (answer.ok()) load(exec.program);
}

void ProcessRun::answered(const Wait& wait, const kernel::CallAnswer& answer) {
  if (wait.what == Wait::For::all_children && answer.ok()) follow_up_ = WaitCall{};
}

/// The regions of a process that has just begun to execute `program`.
void ProcessRun::load(ProgramId id) {
  const Program& program = scenario_->programs[id.value()];
  program_ = id;
  for (Span& region : regions_) region = Span{};
  segments_.clear();
  regions_[kText.value()] = {layout_.image, program.text};
  regions_[kData.value()] = {layout_.image + program.text, program.data};
  regions_[kBss.value()] = {layout_.image + program.text + program.data, program.bss};
  regions_[kStack.value()] = {layout_.stack_top, Bytes(0), Span::Direction::down};
}

std::vector<kernel::ImageSegment> ProcessRun::image() const {
  return image_of(scenario_->programs[program_.value()], layout_);
}

Span ProcessRun::span_of(const Range& range) const {
  Span span;
  if (const auto* address = std::get_if<VirtualAddress>(&range.base)) {
    span.start = *address;
  } else {
    span = regions_[std::get<RegionId>(range.base).value()];
  }
  const Bytes end = range.end.value_or(span.length);
  span.start =
      span.direction == Span::Direction::up ? span.start + range.begin : span.start - range.begin;
  span.length = end - range.begin;
  return span;
}

kernel::AddressRange ProcessRun::range_of(const Range& range) const {
  const Span span = span_of(range);
  const bool down = span.direction == Span::Direction::down;
  return {down ? span.start - span.length : span.start, span.length};
}

}  // namespace tlmmu::scenario
