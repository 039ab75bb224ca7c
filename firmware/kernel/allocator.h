// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/ending.h"
#include "firmware/kernel/reclaim/reclaim.h"

namespace tlmmu::kernel {

/// Finds frames for processes: free ones, else reclaimed ones; else the process waits, or the
/// largest one is killed.
class Allocator {
 public:
  Allocator(KernelState& state, Mapper& mapper, Reclaimer& reclaimer, Ending& ending)
      : state_(state), mapper_(mapper), reclaimer_(reclaimer), ending_(ending) {}

  /// A frame, or what to answer where there is none: `blocked` (the process is in the queue for
  /// frames) or `killed`.
  struct Allocation {
    Frame* frame;
    FaultAnswer otherwise;
  };
  Allocation allocate(Process& process, FrameState use);
  /// Makes sure that the process may have one more page: at its resident limit it gives one of its
  /// own, or waits until it can. `resume`, or why not yet.
  FaultAnswer make_room(Process& process);
  /// Makes sure that so many objects can be taken. `resume`, or why not yet.
  FaultAnswer ensure_mappings(Process& process, std::uint64_t objects) {
    return ensure(state_.mapping_slab, process, objects);
  }
  FaultAnswer ensure_areas(Process& process, std::uint64_t objects) {
    return ensure(state_.area_slab, process, objects);
  }
  /// A frame without reclaim and without waiting, only while there is plenty; or null.
  Frame* allocate_spare(FrameState use);

 private:
  template <class T>
  FaultAnswer ensure(Slab<T>& slab, Process& process, std::uint64_t objects) {
    while (!slab.has(objects)) {
      const Allocation got = allocate(process, FrameState::slab);
      if (got.frame == nullptr) return got.otherwise;
      slab.add(state_.frames.number_of(*got.frame));
    }
    return FaultAnswer::resume;
  }

  bool may_wait(const Process& process) const;
  FaultAnswer wait(Process& process);

  KernelState& state_;
  Mapper& mapper_;
  Reclaimer& reclaimer_;
  Ending& ending_;
};

}  // namespace tlmmu::kernel
