// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "models/replacement/set_associative.h"
#include "models/tlb/tlb_config.h"
#include "models/tlb/tlb_entry.h"

namespace tlmmu {

/// The entries of one TLB level. Pages of several sizes share the sets: a page of size s is kept in
/// set (address / s) modulo sets, and a lookup probes once for each size of which an entry is
/// present, largest first. No two entries answer the same address space for the same page.
class TlbArray {
 public:
  /// Told of each entry that a fence or a fill removes.
  using Removed = std::function<void(const TlbEntry&)>;
  enum class Placement : std::uint8_t { filled, refreshed };
  struct Insertion {
    Placement placement;
    std::optional<TlbEntry> victim;  ///< what had to make room
  };

  /// `seed` matters to random replacement only.
  TlbArray(const TlbConfig& config, std::uint64_t seed);

  /// The entry that translates `address` for `tag`, marked as used; null if there is none. Valid
  /// until the next change.
  const TlbEntry* lookup(VirtualAddress address, SpaceTag tag) {
    // A repeat in the page and address space of the latest hit finds the same entry (no larger page
    // answered then, so none does now) and marking it again changes nothing.
    const TlbEntry* const latest = array_.last_touched();
    if (latest != nullptr && tag == last_tag_ && latest->covers(address)) return latest;
    return lookup_plain(address, tag);
  }
  /// The same without the shortcut.
  const TlbEntry* lookup_plain(VirtualAddress address, SpaceTag tag);

  /// Whether pages of `size` are kept at all.
  bool keeps(PageSize size) const { return kept_.contains(size); }
  /// Entries held.
  std::uint32_t size() const { return array_.size(); }
  /// Takes in `entry`, whose page size is kept, in place of the entry of the same page if there is
  /// one. Removes entries of the same and of larger pages that would answer for it.
  Insertion insert(const TlbEntry& entry, const Removed& superseded);
  /// Removes the entry of the same page and address space; false if there is none.
  bool remove(const TlbEntry& entry);
  /// Removes what `fence` names: with an address, entries of any size that contain it; with an
  /// address space, its entries but no global ones.
  void fence(const Fence& fence, const Removed& removed);
  /// Visits every entry, in the order of the places.
  void for_each(const std::function<void(const TlbEntry&)>& visit) const;

  friend bool operator==(const TlbArray& a, const TlbArray& b) { return a.array_ == b.array_; }

 private:
  struct Place {
    replacement::Set set;
    std::uint64_t tag;
  };

  Place place_of(VirtualAddress address, PageSize size) const;
  void fence_page(const Fence& fence, const Removed& removed);
  void erase(replacement::Slot slot, const Removed& removed);
  void count_in(const TlbEntry& entry);
  void count_out(const TlbEntry& entry);
  std::uint32_t& held_of(PageSize size) { return held_[shift_of(size)]; }
  template <class Condition>
  void remove_page(VirtualAddress address, PageSize size, Condition condition,
                   const Removed& removed);

  PageSizeSet kept_;
  std::vector<PageSize> sizes_;           // the kept ones, largest first
  std::array<std::uint32_t, 64> held_{};  // entries of each size, by its logarithm
  std::uint32_t hidden_ = 0;              // entries that a fence by address may name elsewhere
  replacement::SetAssociative<TlbEntry> array_;
  SpaceTag last_tag_;  // of the latest hit
};

}  // namespace tlmmu
