// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/disk/disk_queue.h"

namespace tlmmu::kernel {

void DiskQueue::submit(Frame& frame) {
  const TransferDirection direction = direction_of(frame);
  ++counters_.transfers;
  ++of(direction);
  if (writes_ > counters_.max_writes_in_flight) counters_.max_writes_in_flight = writes_;
  machine_.charge(Operation::disk_request);
  machine_.dma_sync_for_device(frames_.number_of(frame), direction);
  frame.queued = true;
  waiting_.push_back(frame);
  pump();
}

void DiskQueue::cancel(Frame& frame) {
  waiting_.erase(waiting_.iterator_to(frame));
  frame.queued = false;
  --of(direction_of(frame));
  ++counters_.transfers_cancelled;
}

void DiskQueue::complete(Frame& frame) {
  const TransferDirection direction = direction_of(frame);
  frame.on_disk = false;
  --of(direction);
  ++counters_.transfers_done;
  machine_.dma_sync_for_cpu(frames_.number_of(frame), direction);
  pump();
}

void DiskQueue::pump() {
  while (!waiting_.empty()) {
    Frame& frame = waiting_.front();
    const Ppn number = frames_.number_of(frame);
    const DiskTransfer transfer{direction_of(frame), frame.block, number, DiskTag(number.value())};
    if (machine_.start_transfer(transfer) == Submission::queue_full) {
      ++counters_.queue_full;
      return;
    }
    waiting_.pop_front();
    frame.queued = false;
    frame.on_disk = true;
  }
}

}  // namespace tlmmu::kernel
