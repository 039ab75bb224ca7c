// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/disk_slot.h"

namespace tlmmu {

namespace {

void count_faults(const DiskSlot& slot, DiskFaultStats& faults) {
  if (slot.faults.delay > Picoseconds(0)) ++faults.latency_spikes;
  faults.spike_time += slot.faults.delay;
  if (slot.faults.unsignaled) ++faults.lost_interrupts;
  if (slot.outcome != DiskOutcome::medium_error) return;
  ++(slot.command.operation == DiskOperation::read ? faults.read_errors : faults.write_errors);
}

void count_error(DiskOutcome outcome, SwapDiskStats& stats) {
  switch (outcome) {
    case DiskOutcome::ok:
      break;
    case DiskOutcome::bad_command:
      ++stats.bad_commands;
      break;
    case DiskOutcome::out_of_range:
      ++stats.out_of_range;
      break;
    case DiskOutcome::dma_error:
      ++stats.dma_errors;
      break;
    case DiskOutcome::data_error:
      ++stats.data_errors;
      break;
    case DiskOutcome::medium_error:
      ++stats.medium_errors;
      break;
  }
}

void count_phases(const DiskSlot& slot, Picoseconds now, DiskPhaseStats& phases) {
  const bool is_read = slot.command.operation == DiskOperation::read;
  phases.overhead += slot.admitted_at - slot.submitted_at;
  phases.link += is_read ? now - slot.medium_done_at : slot.queued_at - slot.admitted_at;
  phases.queue_wait.record((slot.started_at - slot.queued_at).value());
  phases.service.record((slot.medium_done_at - slot.started_at).value());
  phases.response.record((now - slot.submitted_at).value());
}

}  // namespace

void count_completion(const DiskSlot& slot, Picoseconds now, SwapDiskStats& stats) {
  ++stats.completed;
  --stats.in_queue;
  count_faults(slot, stats.faults);
  if (slot.outcome != DiskOutcome::ok) return count_error(slot.outcome, stats);
  if (slot.command.operation == DiskOperation::flush) {
    ++stats.flushes;
    return;
  }
  ++(slot.command.operation == DiskOperation::read ? stats.reads : stats.writes);
  count_phases(slot, now, stats.phases);
}

}  // namespace tlmmu
