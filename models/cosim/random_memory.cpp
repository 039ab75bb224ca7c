// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/random_memory.h"

namespace tlmmu::cosim {

namespace {

/// A frame of each such group can be a table of level 0, 1, and so on.
constexpr unsigned kGroupOfFrames = 8;

/// A random number that is always the same for the same arguments (SplitMix64's finalizer).
std::uint64_t mix(std::uint64_t seed, std::uint64_t what) {
  std::uint64_t z = seed ^ (what * 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

/// Takes a number below `bound` off `dice`.
std::uint64_t take(std::uint64_t& dice, std::uint64_t bound) {
  const std::uint64_t taken = dice % bound;
  dice /= bound;
  return taken;
}

/// The level of the table that lies in `frame`, and the place of a table of that level in its
/// group: one is the other's inverse. Each group has another order, so that no bit of a PPN tells a
/// level.
std::uint64_t level_or_place(std::uint64_t frame, std::uint64_t place_or_level) {
  return (place_or_level ^ mix(0, frame / kGroupOfFrames)) % kGroupOfFrames;
}

}  // namespace

void RandomMemory::renew(std::uint64_t seed, Sharing sharing) {
  seed_ = seed;
  sharing_ = sharing;
  random_ = Random(seed);
  changed_.clear();
}

Ppn RandomMemory::root(std::uint16_t space) const {
  const std::uint64_t number = sharing_ == Sharing::one_root ? 0 : space;
  return place(mix(seed_, ~number), mode_.levels - 1);
}

Ppn RandomMemory::place(std::uint64_t number, unsigned level) const {
  std::uint64_t frame = number & low_mask(mode_.ppn_bits);
  if (range_.frames != 0) frame = range_.first.value() + number % range_.frames;
  return Ppn(frame - frame % kGroupOfFrames + level_or_place(frame, level));
}

std::uint64_t RandomMemory::word_mask() const {
  return low_mask(pte_width() - 1) << 1U | 1U;
}

bool RandomMemory::exists(std::uint64_t address) const {
  const std::uint64_t frame = address >> kPageShift;
  const bool inside = frame >= range_.first.value() && frame - range_.first.value() < range_.frames;
  if (range_.frames != 0 && !inside) return false;
  constexpr std::uint64_t kHoles = 80;
  return mix(seed_ + 1, address >> kPageShift) % kHoles != 0;
}

bool RandomMemory::permits(PhysicalAddress address, AccessType type) {
  // PMP ranges of 64 bytes: holes in tables, too.
  constexpr unsigned kRangeShift = 6;
  constexpr std::uint64_t kRanges = 60;
  const std::uint64_t range = mix(seed_ + 2, address.value() >> kRangeShift) % kRanges;
  const bool loads = range != 0;
  const bool stores = range > 4;
  if (!loads) note(address, AskedPte::Answer::no_load);
  if (type == AccessType::store && !stores) note(address, AskedPte::Answer::no_store);
  return type == AccessType::load ? loads : stores;
}

void RandomMemory::keep_log() {
  keeps_log_ = true;
  log_.clear();
}

void RandomMemory::note(PhysicalAddress address, AskedPte::Answer answer, Pte value) {
  if (keeps_log_) log_.add({address, answer, value});
}

std::uint64_t RandomMemory::make_pointer(std::uint64_t dice, unsigned level) const {
  constexpr unsigned kTables = 6;
  const std::uint64_t which = mix(seed_ + 3, take(dice, kTables) + std::uint64_t{16} * level);
  std::uint64_t pte = Pte(place(which, level == 0 ? 0 : level - 1), PteFlags(PteFlags::kV)).raw();
  if (sharing_ == Sharing::one_root && take(dice, 6) == 0) pte |= PteFlags::kG;
  return pte | take(dice, 4) << Pte::kRswLow;
}

std::uint64_t RandomMemory::make_leaf(std::uint64_t dice, unsigned level) const {
  constexpr std::uint64_t kRights[] = {0b001, 0b011, 0b100, 0b101, 0b111, 0b111, 0b010, 0b110};
  std::uint64_t flags = PteFlags::kV | kRights[take(dice, std::size(kRights))] << 1U;
  if (take(dice, 2) == 0) flags |= PteFlags::kU;
  if (take(dice, 8) == 0) flags |= PteFlags::kG;
  if (take(dice, 5) != 0) flags |= PteFlags::kA;
  if (take(dice, 3) != 0) flags |= PteFlags::kD;
  flags |= take(dice, 4) << Pte::kRswLow;
  std::uint64_t frame = mix(seed_ + 4, dice) & low_mask(mode_.ppn_bits);
  frame &= ~low_mask(level * mode_.index_bits);
  return frame << Pte::kPpnLow | flags;
}

std::uint64_t RandomMemory::make(std::uint64_t address) const {
  const std::uint64_t frame = address >> kPageShift;
  const auto level = static_cast<unsigned>(level_or_place(frame, frame));
  std::uint64_t dice = mix(seed_, address);
  const std::uint64_t kind = take(dice, 64);
  std::uint64_t pte = 0;
  if (kind < (level == 0 ? 2U : 44U)) {
    pte = make_pointer(mix(seed_, dice), level);
  } else if (kind < 60) {
    pte = make_leaf(mix(seed_, dice), level);
  } else if (kind < 62) {
    return mix(seed_, dice) & word_mask();
  }
  // One bit of some is wrong.
  if (take(dice, 8) == 0) pte ^= std::uint64_t{1} << take(dice, pte_width());
  return pte;
}

std::optional<Pte> RandomMemory::read(PhysicalAddress address) {
  if (!exists(address.value())) {
    note(address, AskedPte::Answer::no_memory);
    return std::nullopt;
  }
  latest_ = address.value();
  const auto found = changed_.find(latest_);
  const Pte pte(found != changed_.end() ? found->second : make(latest_));
  // What is global must be the same in every address space.
  const Pte answer = sharing_ == Sharing::one_root ? pte : pte.without_flags(PteFlags::kG);
  note(address, AskedPte::Answer::found, answer);
  return answer;
}

void RandomMemory::damage() {
  const std::optional<Pte> pte = read(PhysicalAddress(latest_));
  if (pte) changed_[latest_] = pte->raw() ^ std::uint64_t{1} << random_.below(pte_width());
}

std::optional<Pte> RandomMemory::compare_and_swap(PhysicalAddress address, Pte expected,
                                                  Pte desired) {
  // Another agent was faster: it set A or D, unmapped, or did something else.
  constexpr std::uint64_t kLost = 6;
  if (random_.below(kLost) == 0) {
    latest_ = address.value();
    constexpr std::uint64_t kBits[] = {6, 7, 0, 1, 2, 4};
    if (const auto pte = read(address)) {
      changed_[latest_] = pte->raw() ^ std::uint64_t{1} << kBits[random_.below(std::size(kBits))];
    }
  }
  const std::optional<Pte> found = read(address);
  if (found == expected) changed_[address.value()] = desired.raw();
  return found;
}

}  // namespace tlmmu::cosim
