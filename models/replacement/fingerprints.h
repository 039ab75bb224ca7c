// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/replacement/geometry.h"

namespace tlmmu::replacement {

/// One byte for each way, derived from its tag, eight ways to a word: which ways may hold a tag is
/// found by comparing eight at a time. The time does not depend on which way it is, and no branch
/// does.
class Fingerprints {
 public:
  explicit Fingerprints(Geometry geometry)
      : words_per_set_((geometry.ways + 7) / 8),
        words_(std::size_t{geometry.sets} * words_per_set_, 0) {}

  void set(Set set, std::uint32_t way, std::uint64_t tag) { write(set, way, print(tag)); }
  void clear(Set set, std::uint32_t way) { write(set, way, 0); }

  /// What `confirm(way)` says of the first way of `set` that may hold `tag` and for which it says a
  /// slot.
  template <class Confirm>
  MaybeSlot find(Set set, std::uint64_t tag, Confirm confirm) const {
    const std::uint64_t wanted = kLow * print(tag);
    const std::size_t first = std::size_t{set.value()} * words_per_set_;
    for (std::uint32_t word = 0; word < words_per_set_; ++word) {
      std::uint64_t matching = zero_bytes(words_[first + word] ^ wanted);
      for (; matching != 0; matching &= matching - 1) {
        const auto bit = static_cast<std::uint32_t>(__builtin_ctzll(matching));
        if (const MaybeSlot slot = confirm(word * 8 + bit / 8)) return slot;
      }
    }
    return MaybeSlot();
  }

 private:
  static constexpr std::uint64_t kLow = 0x0101010101010101U;
  static constexpr std::uint64_t kHigh = kLow << 7U;

  /// Seven bits of the tag's hash; never 0, which stands for a way that is not in use.
  static std::uint64_t print(std::uint64_t tag) {
    return ((tag * 0x9e3779b97f4a7c15U) >> 57U) | 0x80U;
  }
  /// The highest bit of each byte of `word` that is 0.
  static std::uint64_t zero_bytes(std::uint64_t word) {
    return ~(((word & ~kHigh) + ~kHigh) | word) & kHigh;
  }
  void write(Set set, std::uint32_t way, std::uint64_t byte) {
    std::uint64_t& word = words_[std::size_t{set.value()} * words_per_set_ + way / 8];
    word = with_bits(word, way % 8 * 8, 8, byte);
  }

  std::uint32_t words_per_set_;
  std::vector<std::uint64_t> words_;
};

}  // namespace tlmmu::replacement
