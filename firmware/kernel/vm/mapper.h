// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/pools.h"
#include "firmware/kernel/vm/pins.h"
#include "firmware/kernel/vm/software_pte.h"

namespace tlmmu::kernel {

/// Where a page is mapped: its process, its number, and the leaf PTE.
struct Place {
  Process& process;
  Vpn page;
  PhysicalAddress entry;
};

/// What happens to a PTE that goes.
enum class Teardown : std::uint8_t {
  page,   ///< it is replaced and fenced at once
  table,  ///< its table goes too: the caller fences the address space, and nobody reads it again
};

/// What reclaim learns from all PTEs of a frame.
struct FrameUse {
  bool referenced = false;
  bool dirty = false;
};

/// Ties frames to leaf PTEs: the reverse map, and with it counts, pools, slots and TLBs in step. A
/// PTE that became less permissive or maps another frame is fenced at once; one that became valid
/// is not, because nothing in this machine caches invalid PTEs.
class Mapper {
 public:
  explicit Mapper(KernelState& state) : state_(state), pools_(state), pins_(state) {}

  /// Whether `frame` can take one more user now; if not, `mapping_slab` needs a frame.
  bool has_room(const Frame& frame) const { return frame.users == 0 || state_.mapping_slab.has(1); }
  /// Maps `frame` with `pte`, which is valid; `before` is what the entry holds.
  void add(Frame& frame, const Mapping& user, Pte before, Pte pte);
  /// The first user of a frame whose PTE, counts and pool are the caller's affair.
  void adopt(Frame& frame, const Mapping& user);
  /// Takes the page from one user; `before` is its valid PTE. The frame keeps its state.
  void remove(Frame& frame, const Mapping& user, Pte before, Pte after, Teardown teardown);
  /// The page of one user moves to a frame that nobody maps yet; `before` and `after` are valid.
  void exchange(Frame& old, Frame& fresh, const Mapping& user, Pte before, Pte after);
  /// Changes flags or marks of a valid PTE, and fences it.
  void update(const Mapping& user, Pte before, Pte after);
  /// Replaces a PTE that is not valid by another one that is not.
  void replace_absent(const Mapping& user, Pte before, Pte after, Teardown teardown);

  /// Takes the page from all users. `after(user, pte)` is what stays in the entry.
  template <class After>
  void remove_all(Frame& frame, After after) {
    while (frame.users > 0) {
      const Mapping user = frame.first;
      const Pte before = state_.machine.read_pte(user.entry);
      remove(frame, user, before, after(user, before), Teardown::page);
    }
  }
  template <class Visit>
  static void each_user(const Frame& frame, Visit visit) {
    if (frame.users == 0) return;
    for (const Mapping* user = &frame.first; user != nullptr; user = user->next) visit(*user);
  }
  FrameUse look(const Frame& frame);
  /// The frame does not differ from its block any more: stores from now on set D again.
  void clear_dirty(Frame& frame);
  void clear_referenced(const Frame& frame);

  /// Ties a frame without users to a block: it is in that block's cache from now on.
  void tie(Frame& frame, DiskBlock block);
  /// Ties a mapped anonymous frame to a slot that does not hold its contents yet.
  void tie_mapped(Frame& frame, DiskBlock slot);
  /// The block forgets the frame; what the block is for does not change.
  void untie(Frame& frame);
  /// The swap slot that `frame` holds goes; no PTE may refer to it.
  void release_slot(Frame& frame);
  /// A frame that nobody maps and that is not moving becomes one of the cached ones.
  void keep_cached(Frame& frame);
  /// Forgets block and pool, and gives the frame back. It is not moving.
  void release(Frame& frame);

  /// Write-back looks at this page of a file from now on.
  void watch(Frame& frame);
  void unwatch(Frame& frame);

  void fence(const Fence& fence);
  /// Makes sure that the process can run under its ASID: where all are used up, a new generation
  /// begins and everything is fenced.
  void renew_asid(Process& process);
  Pools& pools() { return pools_; }
  Pins& pins() { return pins_; }

 private:
  enum class Change : std::uint8_t { add, remove };
  struct Leaving {
    Pte after;
    Teardown teardown;
  };
  void account(const Mapping& user, Pte before, Pte after);
  void count(const Mapping& user, Pte pte, Change change);
  void attach(Frame& frame, const Mapping& user, Pte pte);
  void detach(Frame& frame, const Mapping& user, Pte before, const Leaving& leaving);
  void note_users(const Frame& frame);
  void link(Frame& frame, const Mapping& user);
  void unlink(Frame& frame, PhysicalAddress entry);
  void fence_page(const Mapping& user);
  static bool is_slot_holder(const Frame& frame) {
    const bool by_swap = frame.kind == PageKind::anonymous || frame.kind == PageKind::shared;
    return by_swap && frame.has_block && frame.users > 0;
  }

  KernelState& state_;
  Pools pools_;
  Pins pins_;
};

}  // namespace tlmmu::kernel
