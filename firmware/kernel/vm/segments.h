// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/allocator.h"

namespace tlmmu::kernel {

/// Makes and ends System V shared-memory segments.
class Segments {
 public:
  Segments(KernelState& state, Allocator& allocator, SpaceKeeper& spaces)
      : state_(state), allocator_(allocator), spaces_(spaces) {}

  /// The segment of this key, made if there is none. Key 0 (IPC_PRIVATE) always makes a new one.
  CallAnswer get(Process& process, SegmentKey key, Bytes size);
  /// A segment that has no name and goes with its last attachment.
  CallAnswer make_unnamed(Process& process, std::uint64_t pages);
  /// It goes with its last attachment (IPC_RMID).
  CallAnswer remove(SegmentId id);

  /// Whether a process can attach it.
  bool is_named(SegmentId id) const;

 private:
  std::optional<SegmentId> find(SegmentKey key) const;
  std::optional<SegmentId> unused_entry();
  CallAnswer make(Process& process, SegmentKey key, std::uint64_t pages);

  KernelState& state_;
  Allocator& allocator_;
  SpaceKeeper& spaces_;
};

}  // namespace tlmmu::kernel
