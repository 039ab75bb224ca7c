// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel_state.h"
#include "firmware/kernel/software_pte.h"

namespace tlmmu::kernel {

/// Where a page is mapped: its process, its number, and the leaf PTE.
struct Place {
  Process& process;
  Vpn page;
  PhysicalAddress entry;
};

/// Ties frames to leaf PTEs and keeps lists, resident sets and TLBs in step. A PTE that became less
/// permissive or maps another frame is fenced at once; one that became valid is not, because
/// nothing in this machine caches invalid PTEs.
class Mapper {
 public:
  explicit Mapper(KernelState& state) : state_(state) {}

  /// Says whose page `frame` will hold.
  static void assign(Frame& frame, const Place& place, PageKind kind);
  /// Makes `frame` the page it was assigned to. `flags` are permissions; V and A are added, and D
  /// if `access` is a store.
  void map(Frame& frame, PteFlags flags, AccessType access);
  /// Takes the page from its process; `frame` stays with the caller. `replacement` is not valid.
  void unmap(Frame& frame, Pte replacement);
  /// Changes the flags of a valid PTE.
  void update(const Frame& frame, Pte pte);

  /// The place on disk of the contents: a swap slot, or the file block of text.
  static void set_block(Frame& frame, DiskBlock block);
  /// Frees the slot of `frame`, if it has one.
  void release_slot(Frame& frame);

  void pin(Process& process, Frame& frame);
  void unpin(Process& process);

  void fence(const Fence& fence);

 private:
  Process& owner(const Frame& frame) { return state_.processes.at(frame.owner); }

  KernelState& state_;
};

}  // namespace tlmmu::kernel
