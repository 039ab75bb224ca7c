// SPDX-License-Identifier: Apache-2.0
#include "models/replacement/tag_directory.h"

namespace tlmmu::replacement {

TagDirectory::TagDirectory(Geometry geometry)
    : geometry_(geometry),
      tags_(geometry.slots(), kNoTag),
      unused_(geometry.sets * words_per_set(), 0),
      fingerprints_(geometry.ways <= kScannedWays ? geometry : Geometry{0, 0}) {
  for (Set set(0); set.value() < geometry.sets; set = Set(set.value() + 1)) {
    for (std::uint32_t way = 0; way < geometry.ways; ++way) {
      const auto [word, bit] = unused_bit(set, geometry.slot(set, way));
      word |= bit;
    }
  }
  if (geometry.ways <= kScannedWays) return;
  const unsigned bucket_bits = log2_floor(geometry.slots()) + 1;  // one to two buckets a slot
  hash_shift_ = 64 - bucket_bits;
  heads_.assign(std::size_t{1} << bucket_bits, kEnd);
  next_.assign(geometry.slots(), kEnd);
}

MaybeSlot TagDirectory::unused(Set set) const {
  const std::uint64_t* const words = &unused_[set.value() * words_per_set()];
  for (std::uint32_t word = 0; word < words_per_set(); ++word) {
    if (words[word] == 0) continue;
    const auto bit = static_cast<std::uint32_t>(__builtin_ctzll(words[word]));
    return geometry_.slot(set, word * 64 + bit);
  }
  return MaybeSlot();
}

std::pair<std::uint64_t&, std::uint64_t> TagDirectory::unused_bit(Set set, Slot slot) {
  const std::uint32_t way = geometry_.way_of(set, slot);
  return {unused_[set.value() * words_per_set() + way / 64], std::uint64_t{1} << (way % 64)};
}

void TagDirectory::put(Set set, Slot slot, std::uint64_t tag) {
  const auto [word, bit] = unused_bit(set, slot);
  word &= ~bit;
  ++size_;
  if (hashed()) {
    link(slot, tag);
  } else {
    fingerprints_.set(set, geometry_.way_of(set, slot), tag);
  }
  tags_[slot.value()] = tag;
}

void TagDirectory::replace(Set set, Slot slot, std::uint64_t tag) {
  if (hashed()) {
    unlink(slot);
    link(slot, tag);
  } else {
    fingerprints_.set(set, geometry_.way_of(set, slot), tag);
  }
  tags_[slot.value()] = tag;
}

void TagDirectory::remove(Set set, Slot slot) {
  const auto [word, bit] = unused_bit(set, slot);
  word |= bit;
  --size_;
  if (hashed()) {
    unlink(slot);
  } else {
    fingerprints_.clear(set, geometry_.way_of(set, slot));
  }
  tags_[slot.value()] = kNoTag;
}

void TagDirectory::link(Slot slot, std::uint64_t tag) {
  std::uint32_t& head = heads_[bucket(tag)];
  next_[slot.value()] = head;
  head = slot.value();
}

void TagDirectory::unlink(Slot slot) {
  std::uint32_t* before = &heads_[bucket(tag(slot))];
  while (*before != slot.value()) before = &next_[*before];
  *before = next_[slot.value()];
}

}  // namespace tlmmu::replacement
