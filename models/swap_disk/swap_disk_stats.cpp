// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/swap_disk_stats.h"

#include <algorithm>

#include "models/swap_disk/disk_command.h"

namespace tlmmu {

void MediumStats::describe(stats::Visitor& v) const {
  v.time({"seek", "ps", "moving the arm"}, seek);
  v.time({"rotation", "ps", "waiting for the block to come round"}, rotation);
  v.time({"array", "ps", "reading and programming flash cells, summed over the channels"}, array);
  v.time({"transfer", "ps", "between medium and buffer, summed over the channels"}, transfer);
  Picoseconds busy;
  Picoseconds busiest;
  for (const Picoseconds channel : channel_busy) {
    busy += channel;
    busiest = std::max(busiest, channel);
  }
  v.time({"busy", "ps", "working time of all channels together"}, busy);
  v.time({"busiest_channel", "ps", "working time of the channel that worked most"}, busiest);
  v.law("channels busy = seek + rotation + array + transfer", busy.value(),
        (seek + rotation + array + transfer).value());
}

void DiskPhaseStats::describe(stats::Visitor& v) const {
  v.time({"overhead", "ps", "controller time"}, overhead);
  v.time({"link", "ps", "on the link and waiting for it"}, link);
  v.distribution({"queue_wait", "ps", "waiting for the medium, per command"}, queue_wait);
  v.distribution({"service", "ps", "on the medium, per command"}, service);
  v.distribution({"response", "ps", "from submission to completion, per command"}, response);
  v.law("response = overhead + link + queue wait + service", response.sum(),
        overhead.value() + link.value() + queue_wait.sum() + service.sum());
}

void DiskFaultStats::describe(stats::Visitor& v) const {
  v.counter({"read_errors", "commands", "reads that the medium failed"}, read_errors);
  v.counter({"write_errors", "commands", "writes that the medium failed"}, write_errors);
  v.counter({"latency_spikes", "commands", "that took longer"}, latency_spikes);
  v.time({"spike_time", "ps", "that they took longer"}, spike_time);
  v.counter({"lost_interrupts", "commands", "whose end was not signaled"}, lost_interrupts);
}

void SwapDiskStats::describe_commands(stats::Visitor& v) const {
  v.counter({"submitted", "commands", "accepted into the queue"}, submitted);
  v.counter({"rejected_busy", "commands", "not accepted because the queue was full"},
            rejected_busy);
  v.counter({"completed", "commands", "that ended, well or not"}, completed);
  v.counter({"in_queue", "commands", "accepted and not yet ended"}, in_queue);
  v.counter({"maximum_in_queue", "commands", "the most that were in the queue at once"},
            maximum_in_queue);
  v.counter({"reads", "commands", "that ended well"}, reads);
  v.counter({"writes", "commands", "that ended well"}, writes);
  v.counter({"flushes", "commands", "that ended well"}, flushes);
  v.counter({"bad_commands", "commands", "that make no sense"}, bad_commands);
  v.counter({"out_of_range", "commands", "beyond the capacity"}, out_of_range);
  v.counter({"dma_errors", "commands", "whose address no memory answers"}, dma_errors);
  v.counter({"data_errors", "commands", "that met a block whose checksum is wrong"}, data_errors);
  v.counter({"medium_errors", "commands", "that the medium failed"}, medium_errors);
  v.law("submitted = completed + in queue", submitted, completed + in_queue);
  v.law("completed = sum of outcomes", completed,
        reads + writes + flushes + bad_commands + out_of_range + dma_errors + data_errors +
            medium_errors);
  v.law("medium errors = failed reads + failed writes", medium_errors,
        faults.read_errors + faults.write_errors);
  v.law("commands timed = reads + writes", phases.response.count(), reads + writes);
}

void SwapDiskStats::describe_data(stats::Visitor& v) const {
  v.counter({"blocks_read", "blocks", "read from the medium"}, blocks_read);
  v.counter({"blocks_written", "blocks", "written to the medium"}, blocks_written);
  v.counter({"blocks_not_kept", "blocks", "taken from memory and lost by the medium"},
            blocks_not_kept);
  v.counter({"bytes_to_memory", "bytes", "moved by DMA"}, bytes_to_memory);
  v.counter({"bytes_from_memory", "bytes", "moved by DMA"}, bytes_from_memory);
  v.counter({"refused_to_memory", "blocks", "read, but not taken by any memory"},
            refused_to_memory);
  v.counter({"checksum_errors", "blocks", "whose contents do not match their checksum"},
            checksum_errors);
  v.time({"link_busy", "ps", "the link was moving blocks"}, link_busy);
  v.time({"memory_time", "ps", "the DMA's transactions took behind the disk"}, memory_time);
  const std::uint64_t block = kDiskBlockBytes.value();
  v.law("bytes to memory = (blocks read - refused) * 4096", bytes_to_memory,
        (blocks_read - refused_to_memory) * block);
  v.law("bytes from memory = (blocks written + not kept) * 4096", bytes_from_memory,
        (blocks_written + blocks_not_kept) * block);
  v.law("checksum errors = data errors", checksum_errors, data_errors);
}

void SwapDiskStats::describe(stats::Visitor& v) const {
  describe_commands(v);
  describe_data(v);
  v.group("medium", "where the medium's time went", medium);
  v.group("faults", "faults that were injected", faults);
  v.group("phases", "stations of the reads and writes that ended well", phases);
}

}  // namespace tlmmu
