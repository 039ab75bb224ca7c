// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/arch/paging_mode.h"
#include "models/base/random.h"

namespace tlmmu {

/// A page that every address space has.
struct TestPage {
  enum class Kind : std::uint8_t {
    global,     ///< the same in every address space
    own,        ///< has a frame of its own in each
    no_loads,   ///< PMP denies that its PTE is read
    no_stores,  ///< PMP denies that its PTE is updated
    no_memory,  ///< its last table lies where there is no memory
    unmapped,
  };
  Kind kind;
  unsigned level;             ///< of its leaf
  std::uint64_t address = 0;  ///< the first, canonical

  bool holds(VirtualAddress other) const {
    return (address ^ other.value()) >> (kPageShift + level * kSv39.index_bits) == 0;
  }
};

/// The pages of the MMU's tests, of all sizes, anywhere in Sv39's address space; most differ from
/// another in one bit.
class TestPages {
 public:
  /// Their numbers: first those that are global, then small ones that are always mapped.
  static constexpr std::size_t kGlobal = 3, kSmall = 10, kCount = kGlobal + kSmall + 7;

  explicit TestPages(Random& random) : random_(random) {}
  /// Others from now on.
  void renew() {
    pages_.clear();
    add(Kind::global, 0, 2);
    add(Kind::global, 1);
    add(Kind::own, 0, kSmall);
    add(Kind::own, 1, 2);
    add(Kind::own, 2);
    add(Kind::no_loads, 0);
    add(Kind::no_stores, 0);
    add(Kind::no_memory, 0);
    add(Kind::unmapped, 0);
  }

  const std::vector<TestPage>& all() const { return pages_; }
  /// The page around `address`; null if there is none.
  const TestPage* find(VirtualAddress address) const {
    for (const TestPage& each : pages_) {
      if (each.holds(address)) return &each;
    }
    return nullptr;
  }

 private:
  using Kind = TestPage::Kind;

  void add(Kind kind, unsigned level, std::size_t count = 1) {
    for (std::size_t i = 0; i < count; ++i) pages_.push_back(place({kind, level}));
  }
  /// Finds a place for a page that shares no table with one whose leaf is above it.
  TestPage place(TestPage page) {
    for (;;) {
      std::uint64_t address = random_.next();
      if (!pages_.empty() && random_.below(4) != 0) {
        address = pages_[random_.below(pages_.size())].address ^
                  std::uint64_t{1} << (kPageShift + random_.below(27));
      }
      const unsigned low = kPageShift + page.level * kSv39.index_bits;
      const bool upper = bits(address, kSv39.virtual_bits - 1, 1) != 0;
      address &= low_mask(kSv39.virtual_bits) & ~low_mask(low);
      page.address = address | (upper ? ~low_mask(kSv39.virtual_bits) : 0);
      if (is_free(page)) return page;
    }
  }
  bool is_free(const TestPage& page) const {
    for (const TestPage& other : pages_) {
      if (reach(page).holds(VirtualAddress(other.address))) return false;
      if (reach(other).holds(VirtualAddress(page.address))) return false;
    }
    return true;
  }
  /// What a page keeps others out of: where there is no table, there is no other page.
  static TestPage reach(TestPage page) {
    if (page.kind == Kind::no_memory) page.level = 1;
    return page;
  }

  Random& random_;
  std::vector<TestPage> pages_;
};

}  // namespace tlmmu
