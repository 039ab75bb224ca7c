// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/evictor.h"
#include "firmware/kernel/reclaim/unsharer.h"
#include "firmware/kernel/vm/huge_pages.h"

namespace tlmmu::kernel {

/// Frees frames: kswapd in slices between the watermarks, and directly when a fault finds too few.
/// Both go on where the other one stopped, through three stages: cached pages that nobody maps,
/// shared-memory pages, pages of processes. A round looks at 1/2^priority of each; a round that
/// frees too little is followed by a more urgent one (Linux 2.2, do_try_to_free_pages).
class Reclaimer {
 public:
  Reclaimer(KernelState& state, Mapper& mapper, HugePages& huge)
      : state_(state),
        mapper_(mapper),
        huge_(huge),
        evictor_(state, mapper),
        unsharer_(state, mapper, evictor_) {}

  /// To be called when frames became fewer: wakes kswapd below the low watermark.
  void frames_taken();
  /// One slice of kswapd, if it is awake.
  void kswapd_slice();
  bool kswapd_awake() const { return awake_; }
  /// How much a search that a process makes for itself may do.
  enum class Effort : std::uint8_t {
    usual,  ///< a slice only where the last one looked at everything in vain, so that faults do not
            ///< pay for all of memory again and again; many slices go round it
    all,    ///< everything once more: before a process is killed
  };
  /// Works until a frame is free, `direct_reclaim_batch` writes were started, or nothing more is to
  /// be expected.
  void direct(Effort effort);
  /// Takes one page from `process`, which is at its resident limit. Whether it could.
  bool shrink(Process& process, Effort effort);
  Evictor& evictor() { return evictor_; }

 private:
  enum class Stage : std::uint8_t { cached, shared, processes };
  static constexpr unsigned kLeastUrgent = 6;

  Eviction step();
  void next_stage();
  void begin(Stage stage);
  std::uint64_t pool_size(Stage stage) const;
  // Frames to look at until nothing more is to be expected. A small stage may get as many looks
  // as a large one, so the largest is sure of its turns only in three times as many.
  std::uint64_t all_turns() const {
    return 3 * state_.policy.patience() *
           (all_pages_of_processes() + state_.cached_pages.size() + state_.shared_pages.size());
  }
  std::uint64_t all_pages_of_processes() const;
  PagePool* pool_of_processes();
  Eviction scan_plain(PagePool& pool);
  /// Who needs a page of a process: others leave it its minimum.
  enum class Need : std::uint8_t { of_others, of_its_own };
  Eviction scan_pages(PagePool& pool, Need need);
  Eviction consider(PagePool& pool, Frame& frame, Need need);
  bool is_spared(const Frame& frame) const;

  KernelState& state_;
  Mapper& mapper_;
  HugePages& huge_;
  Evictor evictor_;
  Unsharer unsharer_;
  bool awake_ = false;
  std::uint64_t fruitless_ = 0;  // frames kswapd scanned since it last got one
  bool in_vain_ = false;         // a direct reclaim looked at everything, and nothing was got since

  // Where the scan stopped.
  Stage stage_ = Stage::cached;
  std::uint64_t left_ = 0;  // frames to look at in this stage
  unsigned priority_ = kLeastUrgent;
  std::uint64_t looked_ = 0;  // frames looked at in this round
  std::uint64_t won_ = 0;     // frames got in this round
  bool desperate_ = false;    // the most urgent round brought nothing
  ProcessId victim_;          // scope process: whose pages
  std::uint64_t left_of_victim_ = 0;
};

}  // namespace tlmmu::kernel
