// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <unordered_map>
#include <unordered_set>

#include "models/arch/pte.h"
#include "models/arch/translation.h"
#include "models/base/access_type.h"
#include "testbenches/rtl/mmu_pages.h"

namespace tlmmu {

/// Sv39 tables of three address spaces that have the same pages. Tables and frames are anywhere;
/// ASIDs differ
/// from the first in one bit.
class Tables {
 public:
  static constexpr std::size_t kSpaces = 3;

  explicit Tables(Random& random) : random_(random), pages_(random) { renew(); }
  /// Forgets everything; from now on others.
  void renew() {
    words_.clear();
    frames_.clear();
    no_loads_.clear();
    no_stores_.clear();
    make_spaces();
    pages_.renew();
    for (const TestPage& page : pages_.all()) map(page);
  }

  const AddressSpace& space(std::size_t number) const { return spaces_[number]; }
  const TestPages& pages() const { return pages_; }
  bool is_global(VirtualAddress address) const {
    const TestPage* page = pages_.find(address);
    return page != nullptr && page->kind == Kind::global;
  }

  /// The word at a physical address; null where there is no memory.
  std::uint64_t* word(std::uint64_t address) {
    return frames_.count(address >> kPageShift) == 0 ? nullptr : &words_[address];
  }
  /// Whether PMP permits an access to a PTE.
  bool permits(std::uint64_t address, AccessType type) const {
    return (type == AccessType::store ? no_stores_ : no_loads_).count(address) == 0;
  }
  /// Gives the page around `address` another leaf, in all address spaces if it is global.
  void remap(Asid asid, VirtualAddress address) {
    const TestPage* page = pages_.find(address);
    if (page == nullptr) return;
    const std::uint64_t fresh = leaf(*page);
    for (const AddressSpace& each : spaces_) {
      const bool named = page->kind == TestPage::Kind::global || each.asid == asid;
      if (named) words_[pte_of(each, *page)] = fresh;
    }
  }

 private:
  using Kind = TestPage::Kind;

  Ppn some_frame() { return Ppn(random_.next() & low_mask(kSv39.ppn_bits)); }
  Ppn new_table() {
    Ppn frame = some_frame();
    while (!frames_.insert(frame.value()).second) frame = some_frame();
    return frame;
  }
  void make_spaces() {
    constexpr std::uint64_t kBits = 16;
    const std::uint64_t asid = random_.next() & low_mask(kBits);
    const std::uint64_t bit = random_.below(kBits);
    const std::uint64_t other_bit = (bit + 1 + random_.below(kBits - 1)) % kBits;
    const std::uint64_t asids[kSpaces] = {asid, asid ^ 1U << bit, asid ^ 1U << other_bit};
    for (std::size_t i = 0; i < kSpaces; ++i) {
      spaces_[i] = {PagingModeName::sv39, new_table(), Asid(static_cast<std::uint16_t>(asids[i]))};
    }
  }
  void map(const TestPage& page) {
    const std::uint64_t shared = leaf(page);
    for (const AddressSpace& each : spaces_) {
      const std::uint64_t pte = pte_of(each, page);
      words_[pte] = page.kind == Kind::global ? shared : leaf(page);
      if (page.kind == Kind::no_loads) no_loads_.insert(pte);
      if (page.kind == Kind::no_stores) no_stores_.insert(pte);
    }
  }
  /// Where the PTE of `page` lies; makes the tables on the way.
  std::uint64_t pte_of(const AddressSpace& space, const TestPage& page) {
    const auto entry = [&page](Ppn table, unsigned level) {
      const std::uint64_t index = kSv39.index(VirtualAddress(page.address), level);
      return (table.value() << kPageShift) + index * kSv39.pte_bytes;
    };
    Ppn table = space.root;
    for (unsigned level = kSv39.levels - 1; level > page.level; --level) {
      std::uint64_t& pointer = words_[entry(table, level)];
      if (pointer == 0) {
        const bool hole = level == 1 && page.kind == Kind::no_memory;
        pointer = Pte(hole ? some_frame() : new_table(), PteFlags(PteFlags::kV)).raw() | rsw();
      }
      table = Pte(pointer).ppn();
    }
    return entry(table, page.level);
  }
  std::uint64_t leaf(const TestPage& page) {
    constexpr std::uint64_t kRights[] = {0b001, 0b011, 0b100, 0b101, 0b111, 0b111};
    if (page.kind == Kind::unmapped) return random_.next() & ~std::uint64_t{PteFlags::kV};
    std::uint64_t flags = PteFlags::kV | kRights[random_.below(std::size(kRights))] << 1U;
    flags |= random_.next() & (PteFlags::kU | PteFlags::kA | PteFlags::kD);
    if (page.kind == Kind::global) flags |= PteFlags::kG;
    const std::uint64_t ppn = some_frame().value() & ~low_mask(page.level * kSv39.index_bits);
    return ppn << Pte::kPpnLow | rsw() | flags;
  }
  std::uint64_t rsw() { return random_.below(4) << Pte::kRswLow; }

  Random& random_;
  std::array<AddressSpace, kSpaces> spaces_;
  TestPages pages_;
  // By address or frame; never iterated.
  std::unordered_map<std::uint64_t, std::uint64_t> words_;
  std::unordered_set<std::uint64_t> frames_, no_loads_, no_stores_;
};

}  // namespace tlmmu
