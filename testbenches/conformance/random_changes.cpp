// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/random_events.h"

#include "models/arch/pmp_entry.h"
#include "models/arch/pte.h"

namespace tlmmu::testing {

using reference::CsrFence;
using reference::FenceInstruction;
using reference::MemoryWord;
using reference::RunFence;
using reference::SpaceCsr;
using reference::WriteCsr;
using reference::WritePmp;

namespace {

constexpr unsigned kEveryRight = PmpCfg::kR | PmpCfg::kW | PmpCfg::kX;

constexpr unsigned pmp_cfg(PmpMatching matching, unsigned rights) {
  return static_cast<unsigned>(matching) << PmpCfg::kMatchingLow | rights;
}

}  // namespace

void RandomEvents::change_pte() {
  begin_group();
  if (!guest_ || dice_.percent(40)) {
    if (!hart_.spaces.empty()) change_first_stage(dice_.pick(hart_.spaces), false);
  } else if (const RandomGuest& now = hart_.guests[*guest_];
             !now.spaces.empty() && dice_.one_in(2)) {
    change_first_stage(dice_.pick(now.spaces), true);
  } else if (!now.machine->tree().placed().empty()) {
    change_g_stage();
  }
  if (dice_.percent(60)) repeat_request();
}

/// Another PTE in the place of this one, which is written to memory.
std::uint64_t RandomEvents::changed(const PlacedPte& placed) {
  const unsigned width = 8 * hart_.pte_bytes();
  std::uint64_t pte = hart_.words[placed.where];
  constexpr unsigned kFlags[] = {0, 1, 2, 3, 4, 6, 7};
  const bool flag = dice_.percent(70) || placed.level > 0;
  const auto [original, first] = original_.emplace(placed.where, pte);
  if (!first && original->second != pte && dice_.percent(70)) {
    pte = original->second;
  } else {
    pte ^= std::uint64_t{1} << (flag ? dice_.pick(kFlags)
                                     : Pte::kPpnLow + dice_.below(width - Pte::kPpnLow));
  }
  hart_.write(placed, pte);
  for (std::uint64_t i = 0; i < placed.aliases; ++i) {
    add(MemoryWord{PhysicalAddress(placed.where + i * hart_.pte_bytes()), pte});
  }
  return pte;
}

/// The leaf that a recent request met in `tree`.
std::optional<RandomTree::Leaf> RandomEvents::recent_leaf(const RandomTree& tree) {
  if (recent_.empty()) return std::nullopt;
  return tree.find(dice_.pick(recent_).address.value());
}

/// Any address that a leaf maps will do for its fence.
std::uint64_t RandomEvents::some_address_of(const PlacedPte& placed, const PagingMode& mode) {
  const unsigned reach = placed.aliases > 1 ? 16 : kPageShift + placed.level * mode.index_bits;
  return dice_.one_in(2) ? placed.address : placed.address ^ dice_.bits(reach);
}

void RandomEvents::change_first_stage(const RandomSpace& space, bool guest) {
  PlacedPte placed = dice_.pick(space.tree->placed());
  const auto recent = recent_leaf(*space.tree);
  if (recent && dice_.percent(60)) placed = space.tree->placed()[recent->placed];
  const Pte before(hart_.words[placed.where]);
  const Pte after(changed(placed));
  // A fence by address is about leaves; that of one page of a NAPOT range, about all of the range.
  const bool leaf = before.is_leaf() && after.is_leaf();
  const FenceForms forms{leaf && (placed.aliases == 1 || (before.n() && after.n())),
                         hart_.traits.several_asids};
  // Of which machine the VS stage is fenced, hgatp says.
  if (guest) csr(SpaceCsr::hgatp, hgatp_now(), CsrFence::none);
  fence(guest ? FenceInstruction::hfence_vvma : FenceInstruction::sfence, forms,
        some_address_of(placed, space.tree->mode()), space.asid);
}

void RandomEvents::change_g_stage() {
  const RandomGuest& guest = hart_.guests[*guest_];
  const RandomTree& tree = guest.machine->tree();
  PlacedPte placed = dice_.pick(tree.placed());
  if (!guest.spaces.empty() && dice_.percent(60)) {
    const auto recent = recent_leaf(*dice_.pick(guest.spaces).tree);
    const auto behind = recent ? tree.find(recent->frame << kPageShift) : std::nullopt;
    if (behind) placed = tree.placed()[behind->placed];
  }
  const Pte before(hart_.words[placed.where]);
  const Pte after(changed(placed));
  const bool leaf = before.is_leaf() && after.is_leaf();
  const FenceForms forms{leaf && (placed.aliases == 1 || (before.n() && after.n())), true};
  fence(FenceInstruction::hfence_gvma, forms, some_address_of(placed, tree.mode()),
        static_cast<std::uint16_t>(guest.machine->vmid()));
  // What was read from VS-stage tables is not ordered by hfence.gvma.
  if (leaf && !placed.reaches_tables) return;
  csr(SpaceCsr::hgatp, hgatp_now(), CsrFence::none);
  add(RunFence{FenceInstruction::hfence_vvma});
}

void RandomEvents::write_mode_that_is_not_there() {
  const auto deepest = static_cast<std::uint64_t>(hart_.traits.deepest);
  const std::uint64_t mode = 1 + dice_.below(15);
  if (hart_.traits.rv32() || (mode >= 8 && mode <= deepest)) return;
  begin_group();
  // satp is not written at all; of the others what is written is what they hold.
  if (!has_guests() || dice_.one_in(2)) {
    return csr(SpaceCsr::satp, mode << 60U | dice_.bits(60), CsrFence::none);
  }
  csr(SpaceCsr::hgatp, (hgatp_now() & low_mask(60)) | mode << 60U, CsrFence::none);
}

void RandomEvents::pmp(unsigned entry, unsigned cfg, std::uint64_t address) {
  const unsigned bits = hart_.traits.rv32() ? 32 : 64;
  add(WritePmp{entry, static_cast<std::uint8_t>(cfg), address & low_mask(bits)});
}

/// Everything is allowed but for holes.
void RandomEvents::add_pmp() {
  begin_group();
  pmp(15, pmp_cfg(PmpMatching::napot, kEveryRight), low_mask(54));
  const std::uint64_t holes = dice_.below(3);
  for (std::uint64_t i = 0; i < holes; ++i) add_pmp_hole();
}

/// A low entry over a PTE, or a part of it, or its table, with random rights. Never over a part of
/// a NAPOT range's PTEs.
void RandomEvents::add_pmp_hole() {
  const auto entry = static_cast<unsigned>(dice_.below(14));
  constexpr unsigned kRights[] = {0, PmpCfg::kR, PmpCfg::kR, PmpCfg::kX, kEveryRight};
  unsigned rights = dice_.one_in(2) ? dice_.pick(kRights) : static_cast<unsigned>(dice_.below(8));
  if (dice_.one_in(5)) rights |= PmpCfg::kL;
  const std::uint64_t pte = hart_.some_pte().where >> 2U;
  const std::uint64_t step = hart_.traits.svnapot ? kPageBytes.value() >> 2U : 1;
  const std::uint64_t where = pte - pte % step;
  switch (step == 1 ? dice_.below(3) : 1 + dice_.below(2)) {
    case 0:
      pmp(entry, pmp_cfg(PmpMatching::na4, rights), where + dice_.below(2));
      break;
    case 1: {
      const auto ones = static_cast<unsigned>(step == 1 ? dice_.below(12) : 9 + dice_.below(3));
      pmp(entry, pmp_cfg(PmpMatching::napot, rights),
          (where & ~low_mask(ones + 1)) | low_mask(ones));
      break;
    }
    default:
      pmp(entry, dice_.one_in(8) ? PmpCfg::kL : 0U, where - step * dice_.below(4));
      pmp(entry + 1, pmp_cfg(PmpMatching::tor, rights), where + step * dice_.below(4));
      break;
  }
}

void RandomEvents::change_pmp() {
  begin_group();
  add_pmp_hole();
  fence_everything();
}

// ---- switches ----

void RandomEvents::csr(SpaceCsr csr, std::uint64_t raw, CsrFence fence) {
  add(WriteCsr{csr, raw, fence});
}

void RandomEvents::switch_space() {
  if (hart_.spaces.empty()) {
    bare_ = true;
    return;
  }
  begin_group();
  bare_ = requests_ != 0 && dice_.one_in(6);
  csr(SpaceCsr::satp, bare_ ? 0 : hart_.satp(dice_.pick(hart_.spaces)),
      dice_.one_in(4) ? CsrFence::follows : CsrFence::none);
}

std::uint64_t RandomEvents::hgatp_now() const {
  return guest_ ? hart_.hgatp(hart_.guests[*guest_]) : 0;
}

/// vsatp goes with hgatp: each guest has its own.
void RandomEvents::switch_guest() {
  if (!has_guests()) return;
  begin_group();
  guest_ = dice_.below(hart_.guests.size());
  if (requests_ != 0 && dice_.one_in(10)) guest_.reset();
  const CsrFence form = !guest_ || dice_.one_in(4) ? CsrFence::follows : CsrFence::none;
  csr(SpaceCsr::hgatp, hgatp_now(), form);
  guest_bare_ = !guest_ || hart_.guests[*guest_].spaces.empty() || dice_.one_in(8);
  std::uint64_t vsatp = 0;
  if (!guest_bare_) {
    const RandomGuest& guest = hart_.guests[*guest_];
    vsatp = hart_.satp(dice_.pick(guest.spaces));
  }
  csr(SpaceCsr::vsatp, vsatp, form);
}

// ---- fences ----

/// In one of the forms that `forms` allows, as one instruction or as Svinval's three.
void RandomEvents::fence(FenceInstruction plain, FenceForms forms, std::uint64_t address,
                         std::uint16_t space) {
  RunFence line{plain};
  if (forms.by_address && dice_.one_in(2)) line.address = address;
  if (forms.by_space && dice_.one_in(2)) line.space = space;
  if (!hart_.svinval || dice_.one_in(2)) return add(line);
  line.instruction = plain == FenceInstruction::sfence        ? FenceInstruction::sinval_vma
                     : plain == FenceInstruction::hfence_vvma ? FenceInstruction::hinval_vvma
                                                              : FenceInstruction::hinval_gvma;
  add(RunFence{FenceInstruction::sfence_w_inval});
  add(line);
  add(RunFence{FenceInstruction::sfence_inval_ir});
}

/// As a change of PMP asks for; VS-stage tables are of one machine at a time.
void RandomEvents::fence_everything() {
  add(RunFence{FenceInstruction::sfence});
  if (!has_guests()) return;
  add(RunFence{FenceInstruction::hfence_gvma});
  for (const RandomGuest& guest : hart_.guests) {
    csr(SpaceCsr::hgatp, hart_.hgatp(guest), CsrFence::none);
    add(RunFence{FenceInstruction::hfence_vvma});
  }
  csr(SpaceCsr::hgatp, hgatp_now(), CsrFence::none);
  if (!guest_) add(RunFence{FenceInstruction::hfence_vvma});
}

void RandomEvents::needless_fence() {
  begin_group();
  constexpr FenceInstruction kFences[] = {FenceInstruction::sfence, FenceInstruction::hfence_vvma,
                                          FenceInstruction::hfence_gvma};
  const FenceInstruction plain = has_guests() ? dice_.pick(kFences) : FenceInstruction::sfence;
  fence(plain, {true, true}, dice_.pick(hart_.addresses) & low_mask(hart_.traits.rv32() ? 32 : 64),
        static_cast<std::uint16_t>(4 + dice_.below(4)));
}

}  // namespace tlmmu::testing
