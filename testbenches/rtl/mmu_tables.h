// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/arch/pte.h"
#include "models/base/random.h"
#include "models/ptw/walk.h"

namespace tlmmu {

/// Tables in a small memory: each address space maps the same pages to frames of its own. One
/// page-table page per level and address space; virtual pages differ in their low VPN bits.
class Tables {
 public:
  static constexpr std::uint64_t kSpaces = 3, kPages = 12, kWords = 512;

  explicit Tables(Random& random) : words_(kSpaces * 3 * kWords) {
    for (std::uint16_t space = 0; space < kSpaces; ++space) {
      at(space, 2, 0) = pointer(space, 1);
      at(space, 1, 0) = pointer(space, 0);
      at(space, 1, 1) = leaf(random, 1, false);
      for (std::uint64_t page = 0; page < kPages; ++page) {
        at(space, 0, page) = leaf(random, 0, page < 2);
      }
    }
    // Global pages are the same in every address space.
    for (std::uint16_t space = 1; space < kSpaces; ++space) {
      for (std::uint64_t page = 0; page < 2; ++page) at(space, 0, page) = at(0, 0, page);
    }
  }

  static Ppn root(std::uint16_t space) { return frame(space, 2); }
  std::uint64_t* word(std::uint64_t address) {
    const std::uint64_t index = (address - kBase) / sizeof(std::uint64_t);
    return address < kBase || index >= words_.size() ? nullptr : &words_[index];
  }
  /// Gives the page around `address` another frame, in all address spaces if it is global.
  void remap(std::uint16_t space, VirtualAddress address, Random& random) {
    const bool large = (address.value() >> 21U) != 0;
    const std::uint64_t page = large ? 1 : address.value() >> kPageShift;
    const bool global = !large && page < 2;
    const std::uint64_t fresh = leaf(random, large ? 1 : 0, global);
    for (std::uint16_t each = 0; each < kSpaces; ++each) {
      if (global || each == space) at(each, large ? 1 : 0, page) = fresh;
    }
  }
  bool is_global(VirtualAddress address) const { return address.value() >> kPageShift < 2; }

 private:
  static constexpr std::uint64_t kBase = 0x80000000;

  static Ppn frame(std::uint16_t space, unsigned level) {
    return Ppn((kBase >> kPageShift) + space * 3U + level);
  }
  static std::uint64_t pointer(std::uint16_t space, unsigned level) {
    return Pte(frame(space, level), PteFlags(PteFlags::kV)).raw();
  }
  static std::uint64_t leaf(Random& random, unsigned level, bool global) {
    constexpr std::uint64_t kRights[] = {0b001, 0b011, 0b100, 0b101, 0b111, 0b111};
    std::uint64_t flags = PteFlags::kV | kRights[random.below(std::size(kRights))] << 1U;
    flags |= random.next() & (PteFlags::kU | PteFlags::kA | PteFlags::kD);
    if (global) flags |= PteFlags::kG;
    const std::uint64_t ppn = (random.next() & low_mask(44)) & ~low_mask(9 * level);
    return ppn << Pte::kPpnLow | flags;
  }
  std::uint64_t& at(std::uint16_t space, unsigned level, std::uint64_t index) {
    return words_[(space * 3U + level) * kWords + index];
  }

  std::vector<std::uint64_t> words_;
};

struct Answer {
  bool fault;
  std::uint64_t what;  ///< physical address, or cause
  friend bool operator==(const Answer& a, const Answer& b) {
    return a.fault == b.fault && a.what == b.what;
  }
};

/// By the model, from the root. Changes nothing.
inline Answer expected(const WalkRequest& request, Tables& tables) {
  Walk walk(request, WalkRules());
  while (!walk.ended()) {
    if (const auto* read = std::get_if<PteRead>(&walk.step())) {
      const std::uint64_t* word = tables.word(read->address.value());
      word == nullptr ? walk.supply_error() : walk.supply(Pte(*word));
    } else {
      walk.supply(std::get<PteUpdate>(walk.step()).expected);
    }
  }
  if (const auto* fault = std::get_if<WalkFault>(&walk.step())) {
    return {true, static_cast<std::uint64_t>(fault->cause)};
  }
  return {false, std::get<Translation>(walk.step()).apply(request.address).value()};
}

/// Whether a walk would have to set A or D.
inline bool wants_update(const WalkRequest& request, Tables& tables) {
  Walk walk(request, WalkRules());
  while (const auto* read = std::get_if<PteRead>(&walk.step())) {
    const std::uint64_t* word = tables.word(read->address.value());
    word == nullptr ? walk.supply_error() : walk.supply(Pte(*word));
  }
  return std::holds_alternative<PteUpdate>(walk.step());
}

}  // namespace tlmmu
