// SPDX-License-Identifier: Apache-2.0
#include "models/tlb/tlb_array.h"

#include <algorithm>

namespace tlmmu {

namespace {

replacement::Geometry geometry_of(const TlbConfig& config) {
  return {static_cast<std::uint32_t>(config.entries / config.ways),
          static_cast<std::uint32_t>(config.ways)};
}

/// Whether a fence by address may name `entry` by an address that it does not cover: a piece of a
/// larger page, or one of both stages, which hfence.gvma names by its guest-physical address.
bool is_hidden(const TlbEntry& entry) {
  return entry.translation.is_fractured() || entry.tag.stages() == Stages::both;
}

}  // namespace

TlbArray::TlbArray(const TlbConfig& config, std::uint64_t seed)
    : kept_(config.page_sizes), array_(geometry_of(config), config.replacement, seed) {
  for (const auto& row : kPageSizeNames) {
    if (kept_.contains(row.value)) sizes_.push_back(row.value);
  }
  std::sort(sizes_.begin(), sizes_.end(), std::greater<>());
}

TlbArray::Place TlbArray::place_of(VirtualAddress address, PageSize size) const {
  const std::uint64_t page = address.value() >> shift_of(size);  // below 2^52
  return {array_.set_of(page), page | (std::uint64_t{shift_of(size)} << 56U)};
}

const TlbEntry* TlbArray::lookup_plain(VirtualAddress address, SpaceTag tag) {
  for (const PageSize size : sizes_) {
    if (held_of(size) == 0) continue;
    const Place place = place_of(address, size);
    const auto slot = array_.find(place.set, place.tag,
                                  [tag](const TlbEntry& entry) { return entry.answers(tag); });
    if (!slot) continue;
    array_.touch(place.set, *slot);
    last_tag_ = tag;
    return &array_.at(*slot);
  }
  return nullptr;
}

TlbArray::Insertion TlbArray::insert(const TlbEntry& entry, const Removed& superseded) {
  const VirtualAddress address = address_of(entry.translation.vpn);
  for (const PageSize size : sizes_) {
    if (size <= entry.translation.size) break;
    remove_page(
        address, size, [&](const TlbEntry& old) { return old.shares_space_with(entry); },
        superseded);
  }
  const Place place = place_of(address, entry.translation.size);
  const auto competes = [&](const TlbEntry& old) { return old.shares_space_with(entry); };
  while (const auto slot = array_.find(place.set, place.tag, competes)) {
    if (array_.at(*slot).same_page_as(entry)) {
      count_out(array_.at(*slot));
      array_.at(*slot) = entry;
      count_in(entry);
      array_.touch(place.set, *slot);
      last_tag_ = entry.tag;
      return {Placement::refreshed, std::nullopt};
    }
    erase(*slot, superseded);
  }
  count_in(entry);
  Insertion result{Placement::filled, std::nullopt};
  if (const auto victim = array_.insert(place.set, place.tag, entry)) {
    count_out(victim->entry);
    result.victim = victim->entry;
  }
  return result;
}

bool TlbArray::remove(const TlbEntry& entry) {
  if (!keeps(entry.translation.size)) return false;
  bool found = false;
  remove_page(
      address_of(entry.translation.vpn), entry.translation.size,
      [&](const TlbEntry& held) { return held.same_page_as(entry); },
      [&](const TlbEntry&) { found = true; });
  return found;
}

void TlbArray::fence(const Fence& fence, const Removed& removed) {
  if (fence.vpn && hidden_ == 0) return fence_page(fence, removed);
  array_.erase_if([&](const TlbEntry& entry) {
    if (!entry.named_by(fence)) return false;
    count_out(entry);
    removed(entry);
    return true;
  });
}

/// A fence by address, while every entry is found at the addresses that name it.
void TlbArray::fence_page(const Fence& fence, const Removed& removed) {
  const auto named = [&](const TlbEntry& entry) { return entry.named_by(fence); };
  for (const PageSize size : sizes_) remove_page(address_of(*fence.vpn), size, named, removed);
}

void TlbArray::count_in(const TlbEntry& entry) {
  ++held_of(entry.translation.size);
  if (is_hidden(entry)) ++hidden_;
}

void TlbArray::count_out(const TlbEntry& entry) {
  --held_of(entry.translation.size);
  if (is_hidden(entry)) --hidden_;
}

/// Removes the entries of the page of `size` at `address` for which `condition` holds.
template <class Condition>
void TlbArray::remove_page(VirtualAddress address, PageSize size, Condition condition,
                           const Removed& removed) {
  if (held_of(size) == 0) return;
  const Place place = place_of(address, size);
  while (const auto slot = array_.find(place.set, place.tag, condition)) erase(*slot, removed);
}

void TlbArray::erase(replacement::Slot slot, const Removed& removed) {
  const TlbEntry entry = array_.at(slot);
  array_.erase(slot);
  count_out(entry);
  removed(entry);
}

void TlbArray::for_each(const std::function<void(const TlbEntry&)>& visit) const {
  array_.for_each([&](std::uint64_t, const TlbEntry& entry) { visit(entry); });
}

}  // namespace tlmmu
