// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/allocator.h"

namespace tlmmu::kernel {

/// Makes and ends System V shared-memory segments.
class Segments {
 public:
  Segments(KernelState& state, SpaceKeeper& spaces) : state_(state), spaces_(spaces) {}

  /// The segment of this key, made if there is none. Key 0 (IPC_PRIVATE) always makes a new one.
  CallAnswer get(SegmentKey key, Bytes size);
  /// It goes with its last attachment (IPC_RMID).
  CallAnswer remove(SegmentId id);

 private:
  std::optional<SegmentId> find(SegmentKey key) const;
  std::optional<SegmentId> unused_entry();
  CallAnswer make(SegmentKey key, std::uint64_t pages);

  KernelState& state_;
  SpaceKeeper& spaces_;
};

}  // namespace tlmmu::kernel
