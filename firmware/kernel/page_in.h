// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/allocator.h"
#include "models/arch/privilege.h"

namespace tlmmu::kernel {

/// An access that the hardware could not finish.
struct FaultRequest {
  ProcessId process;
  VirtualAddress address;
  AccessType type;
  AccessContext context = {};  ///< the process's own; or the kernel's on its behalf

  bool by_kernel() const { return context.privilege != Privilege::user; }
};

/// A block that a process needs, and what its page will be.
struct Wanted {
  DiskBlock block;
  PageKind kind;
};

/// Brings blocks of the disk into memory, and maps what has come.
class PageIn {
 public:
  PageIn(KernelState& state, Mapper& mapper, Allocator& allocator)
      : state_(state), mapper_(mapper), allocator_(allocator) {}

  /// The frame that holds or will hold the block; null if none does.
  Frame* find(DiskBlock block) { return state_.blocks.at(block).frame; }
  /// Starts to read the block for `process`, which is blocked then, or waits for memory.
  FaultAnswer read(Process& process, const Wanted& wanted, const Awaited& awaited);
  /// The process waits until `frame`, which is being read, has come.
  void wait_for(Process& process, Frame& frame, const Awaited& awaited);
  /// Reads the block with nobody waiting, if there is plenty of memory. Whether it did.
  bool read_ahead(const Wanted& wanted);
  /// Somebody wants this page: if it was read ahead, that was worth it.
  void asked_for(Frame& frame);

  /// Maps a page that is in memory where its PTE says that it is not. `mapper.has_room` holds.
  void map_cached(Frame& frame, const Mapping& user, Area& area, AccessType type);
  /// The same on behalf of a process that waited for the page; does what it can.
  void map_for_waiter(Process& process, Frame& frame);
  /// The PTE of a page of `area`: permissions, marks, V and A.
  static Pte valid_pte(Ppn frame, const Area& area);

 private:
  void start(Frame& frame, const Wanted& wanted);
  void note_refault(Frame& frame);
  void map_into_segment(Frame& frame, const Area& area, Vpn page);
  Pte pte_for(const Frame& frame, Pte before, const Area& area, AccessType type) const;
  void settle_slot(Frame& frame);

  KernelState& state_;
  Mapper& mapper_;
  Allocator& allocator_;
};

}  // namespace tlmmu::kernel
