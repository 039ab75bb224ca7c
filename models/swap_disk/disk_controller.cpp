// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/disk_controller.h"

#include <algorithm>

namespace tlmmu {

DiskController::DiskController(const SwapDiskConfig& config, DiskMemory& memory,
                               events::Emitter emit)
    : emit_(emit),
      command_overhead_(config.command_overhead),
      store_(config.backing_file, config.blocks()),
      mover_(config, memory, store_, stats_),
      faults_(config.faults),
      medium_(make_disk_timing(config, stats_.medium)),
      slots_(config.queue_depth),
      waiting_(config.hdd.scheduler, config.queue_depth),
      link_queue_(config.queue_depth),
      completed_(config.queue_depth) {
  flushes_.reserve(slots_.size());
  agenda_.reserve(slots_.size() + 2);
  for (std::size_t i = slots_.size(); i > 0; --i) free_.push_back(static_cast<unsigned>(i - 1));
}

DiskAcceptance DiskController::submit(const DiskCommand& command, Picoseconds now) {
  if (free_.empty()) {
    ++stats_.rejected_busy;
    return DiskAcceptance::busy;
  }
  const unsigned number = free_.back();
  free_.pop_back();
  DiskSlot& slot = slots_[number];
  slot.command = command;
  slot.sequence = next_sequence_++;
  slot.earlier = stats_.in_queue;
  slot.blocks_moved = 0;
  slot.admitted = false;
  slot.on_medium = false;
  slot.submitted_at = now;
  slot.faults = {};
  if (command.operation == DiskOperation::flush) {
    flushes_.push_back(number);
  } else {
    slot.faults = faults_.next(command.operation);
  }
  ++stats_.submitted;
  ++stats_.in_queue;
  stats_.maximum_in_queue = std::max(stats_.maximum_in_queue, stats_.in_queue);
  agenda_.add(now, {Step::arrive, number});
  return DiskAcceptance::accepted;
}

std::optional<DiskCompletion> DiskController::take_completion() {
  if (completed_.empty()) return std::nullopt;
  const unsigned number = completed_.pop();
  free_.push_back(number);
  if (!slots_[number].faults.unsignaled) --signaled_;
  return DiskCompletion{slots_[number].command.tag, slots_[number].outcome};
}

std::optional<Picoseconds> DiskController::next_time() const {
  if (agenda_.empty()) return std::nullopt;
  return agenda_.next_time();
}

void DiskController::run(Picoseconds now) {
  while (!agenda_.empty() && agenda_.next_time() <= now) {
    const Picoseconds at = agenda_.next_time();
    perform(agenda_.take(), at);
  }
}

void DiskController::perform(Action action, Picoseconds now) {
  switch (action.step) {
    case Step::arrive:
      return arrive(action.slot, now);
    case Step::admit:
      return admit(action.slot, now);
    case Step::want_link:
      return queue_for_link(action.slot, now);
    case Step::leave_link:
      return leave_link(action.slot, now);
    case Step::leave_medium:
      return leave_medium(action.slot, now);
    case Step::start_waiting:
      return start_waiting(now);
  }
}

void DiskController::arrive(unsigned slot, Picoseconds now) {
  ++commands_waiting_;
  report(now);
  agenda_.add(now + command_overhead_ + slots_[slot].faults.delay, {Step::admit, slot});
}

void DiskController::admit(unsigned slot, Picoseconds now) {
  DiskSlot& admitted = slots_[slot];
  admitted.admitted = true;
  admitted.admitted_at = now;
  if (const auto error = refuse(admitted.command)) return complete(slot, *error, now);
  switch (admitted.command.operation) {
    case DiskOperation::read:
      return queue_for_medium(slot, now);
    case DiskOperation::write:
      return queue_for_link(slot, now);
    default:
      break;
  }
  if (admitted.earlier == 0) {
    flushes_.erase(std::find(flushes_.begin(), flushes_.end(), slot));
    complete(slot, DiskOutcome::ok, now);
  }
}

std::optional<DiskOutcome> DiskController::refuse(const DiskCommand& command) const {
  if (command.operation == DiskOperation::flush) return std::nullopt;
  const std::uint64_t count = command.block_count;
  if (command.operation == DiskOperation::unknown || count == 0 || count > kMaximumCommandBlocks) {
    return DiskOutcome::bad_command;
  }
  const Bytes length = kDiskBlockBytes * count;
  if (command.address + (length - Bytes(1)) < command.address) return DiskOutcome::bad_command;
  if (command.block.value() >= blocks() || count > blocks() - command.block.value()) {
    return DiskOutcome::out_of_range;
  }
  return std::nullopt;
}

void DiskController::queue_for_medium(unsigned slot, Picoseconds now) {
  slots_[slot].queued_at = now;
  waiting_.push({slot, slots_[slot].command.block});
  start_waiting(now);
}

void DiskController::start_waiting(Picoseconds now) {
  while (const auto slot = waiting_.take(*medium_, now)) start_on_medium(*slot, now);
  const auto next = waiting_.earliest(*medium_);
  if (next && (next_start_ <= now || *next < next_start_)) {
    next_start_ = *next;
    agenda_.add(*next, {Step::start_waiting, 0});
  }
}

void DiskController::start_on_medium(unsigned slot, Picoseconds now) {
  DiskSlot& started = slots_[slot];
  const DiskCommand& command = started.command;
  const bool is_read = command.operation == DiskOperation::read;
  started.on_medium = true;
  started.started_at = now;
  medium_->begin(
      {is_read ? DiskDirection::read : DiskDirection::write, command.block, command.block_count},
      now, started.ready);
  started.medium_done_at = *std::max_element(started.ready.begin(), started.ready.end());
  --commands_waiting_;
  ++commands_on_medium_;
  report(now);
  if (is_read && !started.faults.medium_error) {
    agenda_.add(started.ready.front(), {Step::want_link, slot});
  } else {
    agenda_.add(started.medium_done_at, {Step::leave_medium, slot});
  }
}

void DiskController::leave_medium(unsigned slot, Picoseconds now) {
  complete(slot, slots_[slot].faults.medium_error ? DiskOutcome::medium_error : DiskOutcome::ok,
           now);
}

void DiskController::queue_for_link(unsigned slot, Picoseconds now) {
  link_queue_.push(slot);
  if (!link_busy_) start_link(now);
}

void DiskController::start_link(Picoseconds now) {
  while (!link_busy_ && !link_queue_.empty()) use_link(link_queue_.pop(), now);
}

void DiskController::use_link(unsigned slot, Picoseconds now) {
  const BlockMove move = mover_.move(slots_[slot], now);
  if (move.outcome != DiskOutcome::ok) return complete(slot, move.outcome, now);
  link_busy_ = true;
  stats_.link_busy += move.done_at - now;
  agenda_.add(move.done_at, {Step::leave_link, slot});
}

void DiskController::leave_link(unsigned slot, Picoseconds now) {
  link_busy_ = false;
  DiskSlot& moved = slots_[slot];
  const bool is_read = moved.command.operation == DiskOperation::read;
  if (++moved.blocks_moved < moved.command.block_count) {
    const Picoseconds ready = is_read ? moved.ready[moved.blocks_moved] : now;
    // A command keeps the link as long as it has something for it.
    if (ready > now) {
      agenda_.add(ready, {Step::want_link, slot});
    } else {
      use_link(slot, now);
    }
  } else if (is_read) {
    complete(slot, DiskOutcome::ok, now);
  } else {
    queue_for_medium(slot, now);
  }
  start_link(now);
}

void DiskController::complete(unsigned slot, DiskOutcome outcome, Picoseconds now) {
  finish(slot, outcome, now);
  while (const auto flush = take_finished_flush()) finish(*flush, DiskOutcome::ok, now);
}

void DiskController::finish(unsigned slot, DiskOutcome outcome, Picoseconds now) {
  DiskSlot& finished = slots_[slot];
  finished.outcome = outcome;
  --(finished.on_medium ? commands_on_medium_ : commands_waiting_);
  for (const unsigned flush : flushes_) {
    if (slots_[flush].sequence > finished.sequence) --slots_[flush].earlier;
  }
  completed_.push(slot);
  if (!finished.faults.unsignaled) ++signaled_;
  count_completion(finished, now, stats_);
  report(now);
}

std::optional<unsigned> DiskController::take_finished_flush() {
  const auto found = std::find_if(flushes_.begin(), flushes_.end(), [&](unsigned slot) {
    return slots_[slot].admitted && slots_[slot].earlier == 0;
  });
  if (found == flushes_.end()) return std::nullopt;
  const unsigned slot = *found;
  flushes_.erase(found);
  return slot;
}

void DiskController::report(Picoseconds now) const {
  emit_(now, events::DiskQueue{commands_waiting_, commands_on_medium_});
}

}  // namespace tlmmu
