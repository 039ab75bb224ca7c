// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/random_hart.h"

#include "models/arch/hgatp.h"
#include "models/arch/pte.h"
#include "models/arch/satp.h"

namespace tlmmu::testing {

namespace {

constexpr std::uint64_t kPointerBits =
    PteFlags::kR | PteFlags::kW | PteFlags::kX | PteFlags::kU | PteFlags::kA | PteFlags::kD;

HartTraits random_traits(Dice& dice) {
  constexpr PagingModeName kDeepest[] = {PagingModeName::sv32, PagingModeName::sv39,
                                         PagingModeName::sv48, PagingModeName::sv57};
  HartTraits traits;
  traits.deepest = dice.one_in(40) ? PagingModeName::bare : dice.pick(kDeepest);
  traits.svadu = dice.one_in(2);
  traits.svnapot = dice.one_in(2);
  traits.svpbmt = dice.one_in(2);
  traits.several_asids = dice.one_in(2);
  return traits;
}

}  // namespace

RandomHart::RandomHart(Dice& dice)
    : traits(random_traits(dice)),
      user_pages(dice.one_in(2)),
      svinval(dice.one_in(3)),
      dice_(dice),
      frames_(dice, traits) {
  const PagingModeName mode = some_mode();
  choose_addresses(mode);
  const unsigned count = traits.several_asids ? 2 : 1;
  for (unsigned i = 0; i < count && mode != PagingModeName::bare; ++i) {
    auto tree = std::make_unique<RandomTree>(mode, frames_.new_table(), frames_, words);
    fill(*tree, nullptr);
    spaces.push_back({std::move(tree), static_cast<std::uint16_t>(5 + i)});
  }
  if (dice_.percent(60)) {
    const PagingModeName g_mode = dice_.one_in(12) ? PagingModeName::bare : some_mode();
    const PagingModeName guest_mode = dice_.one_in(12) ? PagingModeName::bare : mode;
    const unsigned machines = g_mode != PagingModeName::bare && dice_.percent(40) ? 2 : 1;
    for (unsigned i = 0; i < machines; ++i) add_guest(g_mode, guest_mode);
  }
  if (!dice_.percent(30)) damage();
  if (dice_.percent(15)) damage();
}

/// Mostly the deepest.
PagingModeName RandomHart::some_mode() {
  constexpr PagingModeName kRv64[] = {PagingModeName::sv39, PagingModeName::sv48,
                                      PagingModeName::sv57};
  if (traits.rv32() || traits.deepest == PagingModeName::bare || !dice_.one_in(4)) {
    return traits.deepest;
  }
  return std::min(dice_.pick(kRv64), traits.deepest);
}

/// Near and far ones, so that they share tables at each level.
void RandomHart::choose_addresses(PagingModeName mode) {
  const unsigned bits = mode == PagingModeName::bare ? 38 : paging_mode(mode).virtual_bits;
  const unsigned unused = 64 - bits;
  addresses.push_back(dice_.any());
  const std::uint64_t others = 2 + dice_.below(3);
  for (std::uint64_t i = 0; i < others; ++i) {
    const std::uint64_t flipped = kPageShift + dice_.below(bits - kPageShift);
    addresses.push_back(dice_.pick(addresses) ^ std::uint64_t{1} << flipped);
  }
  for (std::uint64_t& address : addresses) {
    address &= ~low_mask(kPageShift);
    address = static_cast<std::uint64_t>(static_cast<std::int64_t>(address << unused) >> unused);
    address &= low_mask(xlen());
  }
}

/// Maps the addresses; behind `machine`, if there is one, to guest frames that it maps.
void RandomHart::fill(RandomTree& tree, RandomMachine* machine) {
  const unsigned frame_bits = machine == nullptr ? traits.ppn_bits() : machine->frame_bits();
  for (const std::uint64_t address : addresses) {
    const unsigned levels = tree.mode().levels;
    const auto level = static_cast<unsigned>(dice_.one_in(3) ? dice_.below(levels) : 0);
    std::uint64_t leaf = random_leaf(dice_, traits, user_pages);
    if (level != 0) leaf &= low_mask(63);
    const bool napot = Pte(leaf).n();
    std::uint64_t frame = dice_.bits(frame_bits);
    frame &= ~low_mask(napot ? 4 : level * tree.mode().index_bits);
    leaf |= (napot ? frame | 8U : frame) << Pte::kPpnLow;
    tree.map(address, level, leaf, dice_);
    // It may lie in a larger page that was there before.
    const auto found = tree.find(address);
    if (machine != nullptr && found) machine->map(found->frame);
  }
}

void RandomHart::add_guest(PagingModeName mode, PagingModeName guest_mode) {
  const auto vmid = static_cast<unsigned>(3 + guests.size());
  RandomGuest guest{std::make_unique<RandomMachine>(mode, vmid, dice_, traits, words), {}};
  RandomMachine& machine = *guest.machine;
  machine.map(dice_.bits(machine.frame_bits()));
  const unsigned count = traits.several_asids ? 2 : 1;
  for (unsigned i = 0; i < count && guest_mode != PagingModeName::bare; ++i) {
    auto tree = std::make_unique<RandomTree>(guest_mode, machine.new_table(), machine, words);
    fill(*tree, &machine);
    guest.spaces.push_back({std::move(tree), static_cast<std::uint16_t>(5 + i)});
  }
  guests.push_back(std::move(guest));
}

std::uint64_t RandomHart::satp(const RandomSpace& space) const {
  return encode_satp(traits.rv32() ? kSatpRv32 : kSatpRv64,
                     {space.tree->mode().name, Ppn(space.tree->root()), Asid(space.asid)});
}

std::uint64_t RandomHart::hgatp(const RandomGuest& guest) const {
  const RandomTree& tree = guest.machine->tree();
  if (tree.mode().levels == 0) return 0;
  const auto code = static_cast<std::uint64_t>(tree.mode().name) & low_mask(4);
  if (traits.rv32()) return code << 31U | std::uint64_t{guest.machine->vmid()} << 22U | tree.root();
  return code << 60U | std::uint64_t{guest.machine->vmid()} << 44U | tree.root();
}

const PlacedPte& RandomHart::some_pte() {
  std::vector<const RandomTree*> trees;
  for (const RandomSpace& space : spaces) trees.push_back(space.tree.get());
  for (const RandomGuest& guest : guests) {
    if (!guest.machine->tree().placed().empty()) trees.push_back(&guest.machine->tree());
    for (const RandomSpace& space : guest.spaces) trees.push_back(space.tree.get());
  }
  static const PlacedPte kNone{0x1000, 0, 0};
  return trees.empty() ? kNone : dice_.pick(dice_.pick(trees)->placed());
}

void RandomHart::write(const PlacedPte& placed, std::uint64_t pte) {
  for (std::uint64_t i = 0; i < placed.aliases; ++i) words[placed.where + i * pte_bytes()] = pte;
}

/// One wrong bit, or a pointer where a leaf should be, or one to where no memory may be.
void RandomHart::damage() {
  const std::uint64_t kind = dice_.below(8);
  PlacedPte placed = some_pte();
  // A leaf that becomes a pointer is wrong in a last-level table.
  for (int i = 0; i < 4 && (kind == 4 || kind == 5) && placed.level != 0; ++i) placed = some_pte();
  // Low bits of the frame mean something in superpages and NAPOT pages.
  for (int i = 0; i < 4 && kind == 3 && placed.level == 0 && placed.aliases == 1; ++i) {
    placed = some_pte();
  }
  std::uint64_t pte = words[placed.where];
  const unsigned width = 8 * pte_bytes();
  switch (kind) {
    case 0:
    case 1:
      pte ^= std::uint64_t{1} << dice_.below(8);
      break;
    case 2:
      pte ^= std::uint64_t{1} << (Pte::kPpnLow + dice_.below(width - Pte::kPpnLow));
      break;
    case 3:
      pte ^= std::uint64_t{1} << (Pte::kPpnLow + dice_.below(9));
      break;
    case 4:
    case 5:
      if (Pte(pte).is_leaf()) pte &= ~kPointerBits & low_mask(54);
      break;
    case 6:
      pte ^= std::uint64_t{1} << (width - 1 - dice_.below(10));
      break;
    default:
      pte |= std::uint64_t{1} << (Pte::kPpnLow + traits.ppn_bits() - 1);
      break;
  }
  if (traits.several_asids) pte &= ~std::uint64_t{PteFlags::kG};
  write(placed, pte);
}

}  // namespace tlmmu::testing
