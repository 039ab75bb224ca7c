// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "models/arch/exception.h"
#include "models/arch/paging_mode.h"
#include "models/arch/privilege.h"
#include "models/arch/pte.h"
#include "models/arch/translation.h"
#include "models/base/access_type.h"
#include "models/ptw/walk_rules.h"

namespace tlmmu {

/// What a walk is asked to translate, at a privilege that satp translates (is_translated()) or in
/// bare mode.
struct WalkRequest {
  VirtualAddress address;  ///< in Sv32 below 2^32
  AccessType type = AccessType::load;
  AccessContext context;
  AddressSpace space;
  Stages stages = Stages::single;  ///< a Walk is of one stage; see TwoStageWalk
  GuestSpace guest = {};           ///< bare with Stages::single
};

/// To whom what `request` finds belongs.
constexpr SpaceTag tag_of(const WalkRequest& request) {
  return {request.stages, request.guest.vmid, request.space.asid};
}

/// Whether a pointer PTE on the way had G set: everything below it is then global.
enum class Reach : std::uint8_t { address_space, global };

/// A page table that a walk reads: level LEVELS - 1 is the root's, level 0 the last.
struct TablePointer {
  Ppn table;
  unsigned level = 0;
  Reach reach = Reach::address_space;
};

/// The walk wants the PTE at `address`, an aligned word of PTESIZE bytes.
struct PteRead {
  PhysicalAddress address;
  unsigned level;
};

/// The walk wants an atomic compare-and-swap at `address`: `desired` if memory still holds
/// `expected`.
struct PteUpdate {
  PhysicalAddress address;
  Pte expected;
  Pte desired;
};

/// For which access to a VS-stage page table, if any, the G stage was asked. (What htinst says of a
/// guest-page fault.)
enum class ImplicitAccess : std::uint8_t { none, pte_read, pte_update };

/// The walk ended with an exception, found at step `step` of the translation process.
struct WalkFault {
  ExceptionCause cause;
  VatpStep step;
  /// Of guest-page faults only: the address that the G stage does not translate, and why it was
  /// needed.
  GuestPhysicalAddress guest_address{};
  ImplicitAccess implicit = ImplicitAccess::none;
};

using WalkStep = std::variant<PteRead, PteUpdate, Translation, WalkFault>;

/// One page-table walk as a value: it says what it wants next and is given it. It knows no memory,
/// no bus and no time, and can be copied at any moment. One algorithm over a PagingMode's numbers.
/// In bare mode it has ended at once, with a translation to the same page.
class Walk {
 public:
  Walk(const WalkRequest& request, const WalkRules& rules);

  /// What it wants next, or how it ended.
  const WalkStep& step() const { return step_; }
  bool ended() const {
    return std::holds_alternative<Translation>(step_) || std::holds_alternative<WalkFault>(step_);
  }

  unsigned pte_bytes() const { return mode_->pte_bytes; }

  /// The table that the next PTE is read from, or was read from last.
  const TablePointer& table() const { return table_; }

  /// Takes up the walk at `table` instead of the root, because a walk cache knows the way there.
  /// Only before the first supply(); does nothing if the walk has ended already.
  void start_at(const TablePointer& table);

  /// Answers PteRead with the PTE; answers PteUpdate with the PTE that the compare-and-swap found
  /// (it swapped if that is `expected`). PTEs of four bytes are zero-extended. Does nothing once
  /// the walk has ended.
  void supply(Pte pte);

  /// Answers PteRead or PteUpdate: memory refused the access (no such memory, PMA, PMP).
  void supply_error();

 private:
  void read_pte();
  void examine(Pte pte);
  void follow(Pte pointer);
  void check_leaf(Pte leaf);
  void translate(Pte leaf);
  void end_with_page_fault(VatpStep at);
  PhysicalAddress pte_address() const;

  // Of the request only what the walk needs, each copied by itself: a copy of the whole struct
  // right after its members were written would wait for the processor's store buffer.
  WalkStep step_;
  VirtualAddress address_;
  const PagingMode* mode_;
  TablePointer table_;
  AccessType type_;
  AccessContext context_;
  WalkRules rules_;
};

}  // namespace tlmmu
