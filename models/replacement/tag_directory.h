// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "models/replacement/fingerprints.h"

namespace tlmmu::replacement {

/// Which slot holds which tag. Few ways are compared by their
/// fingerprints; many are found through a hash of the tag with
/// a chain through the slots, so that 1536 ways cost about as much as 16. A tag always belongs to
/// the same set, and is not kNoTag. A tag may be in several slots (address spaces); `Match` then
/// says which one is meant.
class TagDirectory {
 public:
  static constexpr std::uint64_t kNoTag = ~std::uint64_t{0};

  explicit TagDirectory(Geometry geometry);

  Geometry geometry() const { return geometry_; }
  /// Slots in use.
  std::uint32_t size() const { return size_; }
  std::uint64_t tag(Slot slot) const { return tags_[slot.value()]; }
  bool in_use(Slot slot) const { return tag(slot) != kNoTag; }

  /// A slot of `set` that holds `tag` and for which `match(slot)` is true.
  template <class Match>
  MaybeSlot find(Set set, std::uint64_t tag, Match match) const {
    return hashed() ? follow(tag, match) : scan(set, tag, match);
  }

  /// The lowest unused slot of `set`, if there is one.
  MaybeSlot unused(Set set) const;
  /// Puts `tag` into `slot`, which is not in use.
  void put(Set set, Slot slot, std::uint64_t tag);
  /// Puts `tag` into `slot`, which is in use, in place of its tag.
  void replace(Set set, Slot slot, std::uint64_t tag);
  /// Takes the tag out of `slot`, which is in use.
  void remove(Set set, Slot slot);

  friend bool operator==(const TagDirectory& a, const TagDirectory& b) {
    return a.tags_ == b.tags_;
  }

 private:
  static constexpr std::uint32_t kScannedWays = 32;
  static constexpr std::uint32_t kEnd = ~std::uint32_t{0};

  template <class Match>
  MaybeSlot scan(Set set, std::uint64_t tag, Match match) const {
    const std::uint32_t first = geometry_.slot(set, 0).value();
    return fingerprints_.find(set, tag, [&](std::uint32_t way) {
      const Slot slot(first + way);
      return tags_[slot.value()] == tag && match(slot) ? MaybeSlot(slot) : MaybeSlot();
    });
  }
  template <class Match>
  MaybeSlot follow(std::uint64_t tag, Match match) const {
    for (std::uint32_t slot = heads_[bucket(tag)]; slot != kEnd; slot = next_[slot]) {
      if (tags_[slot] == tag && match(Slot(slot))) return Slot(slot);
    }
    return MaybeSlot();
  }
  bool hashed() const { return !heads_.empty(); }
  void link(Slot slot, std::uint64_t tag);
  void unlink(Slot slot);
  std::size_t words_per_set() const { return (geometry_.ways + 63) / 64; }
  /// The word of unused_ with the bit of `slot`, and that bit.
  std::pair<std::uint64_t&, std::uint64_t> unused_bit(Set set, Slot slot);
  /// Fibonacci hashing: the high bits of the product depend on all bits of the tag.
  std::size_t bucket(std::uint64_t tag) const { return (tag * 0x9e3779b97f4a7c15U) >> hash_shift_; }

  Geometry geometry_;
  std::uint32_t size_ = 0;
  unsigned hash_shift_ = 0;
  std::vector<std::uint64_t> tags_;    // by slot
  std::vector<std::uint64_t> unused_;  // by set: one bit a way, in words of 64
  Fingerprints fingerprints_;
  // where there are more ways than are scanned
  std::vector<std::uint32_t> heads_;  // by bucket: first slot of the chain
  std::vector<std::uint32_t> next_;   // by slot: next slot of the chain
};

}  // namespace tlmmu::replacement
