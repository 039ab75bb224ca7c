// SPDX-License-Identifier: Apache-2.0
// The comments VATP.n name the step of the privileged architecture's translation process that the
// code below them implements; docs/ptw.md lists the test of each.
#include "models/ptw/walk.h"

#include "models/arch/permissions.h"

namespace tlmmu {

namespace {

/// Bits 63 (N), 62..61 (PBMT) and 60..54 of a PTE.
constexpr unsigned kHighLow = 54;
/// None of them means anything in a pointer; its A, D and U are reserved for future standard use.
constexpr std::uint64_t kReservedInPointers =
    low_mask(10) << kHighLow | PteFlags::kA | PteFlags::kD | PteFlags::kU;
/// PBMT = 3 is reserved for future standard use.
constexpr std::uint64_t kReservedMemoryType = 3;
/// Svnapot has one size: ppn[3:0] = 1000 says 64 KiB, from 16 PTEs alike at level 0.
constexpr unsigned kNapotPpnBits = 4;
constexpr std::uint64_t kNapotPattern = 0b1000;

constexpr bool is_known_memory_type(Pte leaf, const WalkRules& rules) {
  if (leaf.pbmt() == 0) return true;
  return rules.svpbmt == Extension::present && leaf.pbmt() != kReservedMemoryType;
}

constexpr bool is_known_range(Pte leaf, unsigned level, const WalkRules& rules) {
  if (!leaf.n()) return true;
  return rules.svnapot == Extension::present && level == 0 &&
         (leaf.ppn().value() & low_mask(kNapotPpnBits)) == kNapotPattern;
}

/// Whether bits 63..54 of a leaf found at `level` are as the architecture allows.
constexpr bool is_well_formed_above_ppn(Pte leaf, unsigned level, const WalkRules& rules) {
  if (leaf.raw() >> kHighLow == 0) return true;
  return leaf.reserved() == 0 && is_known_memory_type(leaf, rules) &&
         is_known_range(leaf, level, rules);
}

/// V = 1, no write-only encoding, and no reserved bit or encoding.
constexpr bool is_well_formed(Pte pte, unsigned level, const WalkRules& rules) {
  constexpr std::uint64_t kPointer = kReservedInPointers | PteFlags::kV;
  if (!pte.is_leaf()) return (pte.raw() & kPointer) == PteFlags::kV;
  const PteFlags flags = pte.flags();
  return flags.v() && (flags.r() || !flags.w()) && is_well_formed_above_ppn(pte, level, rules);
}

/// What Bare mode answers: every page is where it says it is, and `context` may do anything to it.
constexpr Translation identity(Vpn page, AccessContext context) {
  constexpr std::uint8_t kEverything =
      PteFlags::kV | PteFlags::kR | PteFlags::kW | PteFlags::kX | PteFlags::kA | PteFlags::kD;
  const bool user = context.privilege == Privilege::user;
  const auto flags = static_cast<std::uint8_t>(kEverything | (user ? PteFlags::kU : 0));
  return {page, Ppn(page.value()), PageSize::k4KiB, PteFlags(flags)};
}

}  // namespace

// The parts of one step, inline because every walk goes through them several times.

inline PhysicalAddress Walk::pte_address() const {
  return address_of(table_.table) + Bytes(mode_->index(address_, table_.level) * mode_->pte_bytes);
}

inline void Walk::read_pte() {
  // VATP.2: the PTE is at a + va.vpn[i] * PTESIZE.
  step_.emplace<PteRead>(PteRead{pte_address(), table_.level});
}

inline void Walk::end_with_page_fault(VatpStep at) {
  step_.emplace<WalkFault>(WalkFault{page_fault(type_), at});
}

inline void Walk::translate(Pte leaf) {
  // VATP.10: the address bits below the leaf's level pass through; Translation::apply does that.
  PageSize size = mode_->page_size(table_.level);
  Ppn frame = leaf.ppn();
  if (leaf.n()) {
    // Svnapot: so do the low VPN bits that the PPN's pattern stands for.
    size = PageSize::k64KiB;
    frame = Ppn(frame.value() & ~low_mask(kNapotPpnBits));
  }
  const std::uint8_t global = table_.reach == Reach::global ? PteFlags::kG : 0;
  const PteFlags flags = leaf.with_flags(global).flags();
  Translation found{align_down(address_.page(), size), frame, size, flags};
  found.memory_type = leaf.memory_type();
  step_.emplace<Translation>(found);
}

inline void Walk::check_leaf(Pte leaf) {
  const PteFlags flags = leaf.flags();
  // VATP.5: a superpage must be aligned to its size.
  if ((leaf.ppn().value() & low_mask(table_.level * mode_->index_bits)) != 0) {
    return end_with_page_fault(VatpStep::alignment);
  }
  // VATP.6: the U bit against privilege and SUM.
  if (!user_bit_permits(flags, type_, context_)) {
    return end_with_page_fault(VatpStep::user_bit);
  }
  // VATP.7 is about shadow stacks (Zicfiss), which are absent.
  // VATP.8: R, W and X against the access.
  if (!type_permits(flags, type_, context_)) {
    return end_with_page_fault(VatpStep::permission);
  }
  if (accessed_dirty_current(flags, type_)) return translate(leaf);
  // VATP.9: A, and for a store D, must be set by somebody.
  if (rules_.ad_update == AdUpdate::fault) return end_with_page_fault(VatpStep::accessed_dirty);
  const std::uint8_t dirty = type_ == AccessType::store ? PteFlags::kD : 0;
  const Pte desired = leaf.with_flags(static_cast<std::uint8_t>(PteFlags::kA | dirty));
  step_.emplace<PteUpdate>(PteUpdate{pte_address(), leaf, desired});
}

inline void Walk::follow(Pte pointer) {
  // VATP.4: the last level holds no pointers.
  if (table_.level == 0) return end_with_page_fault(VatpStep::pointer);
  table_.table = pointer.ppn();
  --table_.level;
  // A pointer's G makes every mapping below it global ("Addressing and Memory Protection").
  if (pointer.flags().g()) table_.reach = Reach::global;
  read_pte();
}

inline void Walk::examine(Pte pte) {
  // VATP.3: invalid PTEs and reserved encodings.
  if (!is_well_formed(pte, table_.level, rules_)) return end_with_page_fault(VatpStep::pte_format);
  // VATP.4: a leaf ends the search, a pointer leads one level down.
  if (pte.is_leaf()) {
    check_leaf(pte);
  } else {
    follow(pte);
  }
}

Walk::Walk(const WalkRequest& request, const WalkRules& rules)
    : address_(request.address),
      mode_(&paging_mode(request.space.mode)),
      type_(request.type),
      context_(request.context),
      rules_(rules) {
  // VATP.1: satp must be active; else addresses are physical.
  if (mode_->levels == 0) {
    step_.emplace<Translation>(identity(address_.page(), context_));
    return;
  }
  // VATP.1: start at the root table.
  table_.table = request.space.root;
  table_.level = mode_->levels - 1;
  // VATP.0: an address that is not canonical faults before any PTE is read.
  if (mode_->is_canonical(address_)) {
    read_pte();
  } else {
    end_with_page_fault(VatpStep::canonical_address);
  }
}

void Walk::start_at(const TablePointer& table) {
  if (ended()) return;
  table_ = table;
  read_pte();
}

void Walk::supply(Pte pte) {
  if (std::holds_alternative<PteRead>(step_)) return examine(pte);
  const auto* update = std::get_if<PteUpdate>(&step_);
  if (update == nullptr) return;
  // VATP.9: if another agent changed the PTE since it was checked, it is read and checked again.
  if (pte != update->expected) return read_pte();
  translate(update->desired);
}

void Walk::supply_error() {
  if (ended()) return;
  // VATP.2 and VATP.9: an access that memory refuses is an access fault of the original type.
  const VatpStep at =
      std::holds_alternative<PteRead>(step_) ? VatpStep::pte_access : VatpStep::accessed_dirty;
  step_.emplace<WalkFault>(WalkFault{access_fault(type_), at});
}

}  // namespace tlmmu
