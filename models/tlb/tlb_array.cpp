// SPDX-License-Identifier: Apache-2.0
#include "models/tlb/tlb_array.h"

#include <algorithm>

namespace tlmmu {

namespace {

replacement::Geometry geometry_of(const TlbConfig& config) {
  return {static_cast<std::uint32_t>(config.entries / config.ways),
          static_cast<std::uint32_t>(config.ways)};
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

const TlbEntry* TlbArray::lookup_plain(VirtualAddress address, Asid asid) {
  for (const PageSize size : sizes_) {
    if (held_of(size) == 0) continue;
    const Place place = place_of(address, size);
    const auto slot = array_.find(place.set, place.tag,
                                  [asid](const TlbEntry& entry) { return entry.answers(asid); });
    if (!slot) continue;
    array_.touch(place.set, *slot);
    last_asid_ = asid;
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
      array_.at(*slot) = entry;
      array_.touch(place.set, *slot);
      last_asid_ = entry.asid;
      return {Placement::refreshed, std::nullopt};
    }
    erase(*slot, superseded);
  }
  ++held_of(entry.translation.size);
  Insertion result{Placement::filled, std::nullopt};
  if (const auto victim = array_.insert(place.set, place.tag, entry)) {
    --held_of(victim->entry.translation.size);
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
  const auto named = [&](const TlbEntry& entry) { return entry.named_by(fence); };
  if (fence.vpn) {
    for (const PageSize size : sizes_) {
      remove_page(address_of(*fence.vpn), size, named, removed);
    }
    return;
  }
  array_.erase_if([&](const TlbEntry& entry) {
    if (!named(entry)) return false;
    --held_of(entry.translation.size);
    removed(entry);
    return true;
  });
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
  --held_of(entry.translation.size);
  removed(entry);
}

void TlbArray::for_each(const std::function<void(const TlbEntry&)>& visit) const {
  array_.for_each([&](std::uint64_t, const TlbEntry& entry) { visit(entry); });
}

}  // namespace tlmmu
