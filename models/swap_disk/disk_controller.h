// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "models/events/sink.h"
#include "models/swap_disk/agenda.h"
#include "models/swap_disk/block_mover.h"
#include "models/swap_disk/command_queue.h"
#include "models/swap_disk/disk_faults.h"
#include "models/swap_disk/disk_slot.h"
#include "models/swap_disk/disk_timing.h"
#include "models/swap_disk/fixed_queue.h"
#include "models/swap_disk/swap_disk_stats.h"

namespace tlmmu {

/// The disk without its registers: takes commands, moves blocks between memory and medium, and
/// keeps completions until they are taken. It lives in modelled time, but has no clock: run()
/// carries out everything that is due.
///
/// A read passes controller overhead, waiting for the medium, the medium, and the link; a write the
/// overhead, the link, waiting, and the medium. Controller overheads overlap; the medium serves as
/// many commands at once as it has free channels; the link moves one block at a time, and stays
/// with a command as long as that has a block for it. While a block is on the link its DMA runs
/// too, and the longer of both counts. The blocks of one read go over the link as they come from
/// the medium.
class DiskController {
 public:
  /// Throws InputError for an unusable backing file, HostError if the host fails; so does run().
  DiskController(const SwapDiskConfig& config, DiskMemory& memory, events::Emitter emit);

  /// `now` may be ahead of what run() has reached.
  DiskAcceptance submit(const DiskCommand& command, Picoseconds now);
  /// The oldest completion, which leaves its queue entry free.
  std::optional<DiskCompletion> take_completion();

  /// When run() has something to do; nothing if the disk is idle.
  std::optional<Picoseconds> next_time() const;
  /// Carries out what is due up to and at `now`.
  void run(Picoseconds now);

  std::size_t depth() const { return slots_.size(); }
  std::size_t free_entries() const { return free_.size(); }
  std::size_t completions() const { return completed_.size(); }
  /// Whether the interrupt line is high: a completion waits whose interrupt was not lost.
  bool signals() const { return signaled_ != 0; }
  std::uint64_t blocks() const { return store_.blocks(); }
  const SwapDiskStats& stats() const { return stats_; }

 private:
  /// What happens next to a command, or (start_waiting) to the medium.
  enum class Step : std::uint8_t {
    arrive,
    admit,
    want_link,
    leave_link,
    leave_medium,
    start_waiting
  };
  struct Action {
    Step step;
    unsigned slot;
  };
  void perform(Action action, Picoseconds now);
  void arrive(unsigned slot, Picoseconds now);
  void admit(unsigned slot, Picoseconds now);
  std::optional<DiskOutcome> refuse(const DiskCommand& command) const;
  void queue_for_medium(unsigned slot, Picoseconds now);
  void start_waiting(Picoseconds now);
  void start_on_medium(unsigned slot, Picoseconds now);
  void leave_medium(unsigned slot, Picoseconds now);
  void queue_for_link(unsigned slot, Picoseconds now);
  void start_link(Picoseconds now);
  void use_link(unsigned slot, Picoseconds now);
  void leave_link(unsigned slot, Picoseconds now);
  void complete(unsigned slot, DiskOutcome outcome, Picoseconds now);
  void finish(unsigned slot, DiskOutcome outcome, Picoseconds now);
  std::optional<unsigned> take_finished_flush();
  void report(Picoseconds now) const;

  events::Emitter emit_;
  Picoseconds command_overhead_;
  SwapDiskStats stats_;
  BlockStore store_;
  BlockMover mover_;
  DiskFaults faults_;
  std::unique_ptr<DiskTiming> medium_;

  std::vector<DiskSlot> slots_;
  std::vector<unsigned> free_;
  std::vector<unsigned> flushes_;    ///< admitted or not, not yet completed
  CommandQueue waiting_;             ///< for the medium
  FixedQueue<unsigned> link_queue_;  ///< waiting for the link
  FixedQueue<unsigned> completed_;
  std::size_t signaled_ = 0;  ///< of them, those whose interrupt was not lost
  Agenda<Action> agenda_;
  Picoseconds next_start_;  ///< the latest start_waiting on the agenda
  bool link_busy_ = false;
  unsigned commands_waiting_ = 0;
  unsigned commands_on_medium_ = 0;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace tlmmu
