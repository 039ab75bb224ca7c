// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/random_tables.h"

#include "models/arch/hgatp.h"
#include "models/arch/pte.h"

namespace tlmmu::testing {

namespace {

constexpr std::uint64_t kN = std::uint64_t{1} << 63U;
constexpr unsigned kNapotPtes = 16;
constexpr std::uint64_t kNowhere = ~low_mask(kPageShift);  // in no physical memory
constexpr unsigned kPbmtLow = 61;

std::uint64_t ppn_of(std::uint64_t pte) {
  return Pte(pte).ppn().value();
}

/// Extensions' fields, mostly as they should be.
std::uint64_t random_high_bits(Dice& dice, const HartTraits& hart) {
  std::uint64_t bits = 0;
  if (hart.rv32()) return bits;
  if (hart.svpbmt && dice.one_in(5)) bits |= (1 + dice.below(2)) << kPbmtLow;
  if (hart.svnapot && dice.one_in(4)) bits |= kN;
  return bits;
}

std::uint64_t random_rights(Dice& dice) {
  constexpr std::uint64_t kRights[] = {0b001, 0b011, 0b100, 0b101, 0b111, 0b111, 0b111};  // XWR
  return dice.pick(kRights) << 1U;
}

}  // namespace

std::uint64_t random_leaf(Dice& dice, const HartTraits& hart, bool user) {
  std::uint64_t pte = PteFlags::kV | random_rights(dice) | random_high_bits(dice, hart);
  if (user != dice.one_in(5)) pte |= PteFlags::kU;
  if (dice.percent(80)) pte |= PteFlags::kA;
  if (dice.percent(65)) pte |= PteFlags::kD;
  if (!hart.several_asids && dice.one_in(6)) pte |= PteFlags::kG;
  return pte | dice.bits(Pte::kRswWidth) << Pte::kRswLow;
}

std::uint64_t random_g_stage_leaf(Dice& dice, const HartTraits& hart) {
  std::uint64_t pte = PteFlags::kV | random_high_bits(dice, hart);
  pte |= dice.percent(90) ? PteFlags::kR | PteFlags::kW | PteFlags::kX : random_rights(dice);
  if (!dice.one_in(50)) pte |= PteFlags::kU;
  if (!dice.one_in(12)) pte |= PteFlags::kA;
  if (!dice.one_in(8)) pte |= PteFlags::kD;
  if (dice.one_in(6)) pte |= PteFlags::kG;
  return pte;
}

std::uint64_t random_frame(Dice& dice, unsigned bits) {
  const std::uint64_t frame = dice.bits(bits - 1) << 1U;
  bool odd = false;
  for (std::uint64_t rest = frame; rest != 0; rest &= rest - 1) odd = !odd;
  return odd ? frame | 1U : frame;
}

std::uint64_t RandomTree::pte_at(std::uint64_t frame, std::uint64_t address, unsigned level) const {
  const std::uint64_t index = mode_.index(VirtualAddress(address), level);
  return frames_.physical((frame << kPageShift) + index * mode_.pte_bytes);
}

std::uint64_t RandomTree::word(std::uint64_t where) const {
  const auto found = words_.find(where);
  return found == words_.end() ? 0 : found->second;
}

bool RandomTree::map(std::uint64_t address, unsigned level, std::uint64_t leaf, Dice& dice) {
  std::uint64_t frame = root_;
  for (unsigned above = mode_.levels - 1; above > level; --above) {
    // With a root of four pages the table of an address may be in any of them.
    const std::uint64_t at = pte_at(frame, address, above);
    std::uint64_t pte = word(at);
    if (pte == 0) {
      pte = Pte(Ppn(frames_.new_table()), PteFlags(PteFlags::kV)).raw();
      pte |= dice.bits(Pte::kRswWidth) << Pte::kRswLow;
      words_[at] = pte;
      placed_.push_back({at, address, above});
    }
    if (Pte(pte).is_leaf()) return false;
    frame = ppn_of(pte);
  }
  std::uint64_t at = pte_at(frame, address, level);
  unsigned aliases = 1;
  if (Pte(leaf).n()) {
    aliases = kNapotPtes;
    at = pte_at(frame, address & ~low_mask(16), level);
  }
  for (std::uint64_t i = 0; i < aliases; ++i) {
    if (word(at + i * mode_.pte_bytes) != 0) return false;
  }
  for (std::uint64_t i = 0; i < aliases; ++i) words_[at + i * mode_.pte_bytes] = leaf;
  placed_.push_back({at, address, level, aliases});
  return true;
}

std::optional<RandomTree::Leaf> RandomTree::find(std::uint64_t address) const {
  std::uint64_t frame = root_;
  for (unsigned level = mode_.levels; level-- > 0;) {
    const std::uint64_t at = pte_at(frame, address, level);
    const std::uint64_t pte = word(at);
    if (pte == 0) return std::nullopt;
    frame = ppn_of(pte);
    if (!Pte(pte).is_leaf()) continue;
    const unsigned passed = Pte(pte).n() ? 4 : level * mode_.index_bits;
    const std::uint64_t offset = low_mask(passed);
    const std::uint64_t page = (frame & ~offset) | (address >> kPageShift & offset);
    for (std::size_t i = 0; i < placed_.size(); ++i) {
      const PlacedPte& placed = placed_[i];
      if (at - placed.where < std::uint64_t{placed.aliases} * mode_.pte_bytes) return Leaf{i, page};
    }
  }
  return std::nullopt;
}

RandomMachine::RandomMachine(PagingModeName mode, unsigned vmid, Dice& dice, const HartTraits& hart,
                             Words& words)
    : dice_(dice),
      hart_(hart),
      frames_(dice, hart),
      tree_(g_stage_mode(mode), random_frame(dice, hart.ppn_bits()) & ~std::uint64_t{3}, frames_,
            words),
      vmid_(vmid) {}

unsigned RandomMachine::frame_bits() const {
  return std::min(hart_.ppn_bits(), tree_.mode().virtual_bits - kPageShift);
}

std::uint64_t RandomMachine::new_table() {
  const std::uint64_t frame = random_frame(dice_, frame_bits());
  map(frame);
  if (tree_.mode().levels != 0) {
    tree_.placed()[tree_.find(frame << kPageShift)->placed].reaches_tables = true;
  }
  return frame;
}

std::uint64_t RandomMachine::physical(std::uint64_t address) const {
  const auto frame = frame_of_.find(address >> kPageShift);
  if (frame == frame_of_.end()) return kNowhere;  // a broken pointer leads there
  return frame->second << kPageShift | (address & low_mask(kPageShift));
}

void RandomMachine::map(std::uint64_t guest_frame) {
  if (frame_of_.count(guest_frame) != 0) return;
  mapped_.push_back(guest_frame);
  const std::uint64_t address = guest_frame << kPageShift;
  if (tree_.mode().levels == 0) {
    frame_of_[guest_frame] = guest_frame;
    return;
  }
  unsigned level = dice_.one_in(3) ? static_cast<unsigned>(dice_.below(tree_.mode().levels)) : 0;
  while (!tree_.find(address)) {
    std::uint64_t leaf = random_g_stage_leaf(dice_, hart_);
    if (level != 0) leaf &= ~kN;
    std::uint64_t frame = dice_.bits(hart_.ppn_bits());
    frame &= ~low_mask(Pte(leaf).n() ? 4 : level * tree_.mode().index_bits);
    if (Pte(leaf).n()) frame |= 8;
    leaf |= frame << Pte::kPpnLow;
    tree_.map(address, level, leaf, dice_);
    level = 0;
  }
  frame_of_[guest_frame] = tree_.find(address)->frame;
}

}  // namespace tlmmu::testing
