// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/swap_disk/disk_command.h"
#include "models/swap_disk/disk_faults.h"
#include "models/swap_disk/swap_disk_stats.h"

namespace tlmmu {

/// An entry of the controller's queue: a command and how far it has come.
struct DiskSlot {
  DiskCommand command;
  DiskOutcome outcome = DiskOutcome::ok;
  std::uint64_t sequence = 0;
  std::uint64_t earlier = 0;  ///< of a flush: commands before it that have not completed
  std::uint64_t blocks_moved = 0;
  CommandFaults faults;
  bool admitted = false;
  bool on_medium = false;
  Picoseconds submitted_at, admitted_at, queued_at, started_at, medium_done_at;
  std::vector<Picoseconds> ready;  ///< when each block of a read is in the buffer
};

/// Counts a command that completed at `now`: its outcome, its faults, and where its time went.
void count_completion(const DiskSlot& slot, Picoseconds now, SwapDiskStats& stats);

}  // namespace tlmmu
