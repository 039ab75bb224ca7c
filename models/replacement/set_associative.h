// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "models/replacement/policy.h"
#include "models/replacement/tag_directory.h"

namespace tlmmu::replacement {

/// A set-associative store of `Entry` values under 64-bit tags: TLBs, walk caches and caches are
/// this with their own entries. The owner decides which set a tag belongs to (set_of of the number
/// that it indexes by) and must always give a tag the same set.
///
///     if (auto slot = array.find(set, tag)) { array.touch(set, *slot); use(array.at(*slot)); }
///     else { auto victim = array.insert(set, tag, entry); }
template <class Entry>
class SetAssociative {
 public:
  /// What had to leave for a new entry.
  struct Victim {
    std::uint64_t tag;
    Entry entry;
  };

  /// `suits(policy, geometry.ways)` holds; `seed` matters to the random policy only.
  SetAssociative(Geometry geometry, PolicyName policy, std::uint64_t seed)
      : directory_(geometry),
        policy_(policy, geometry, seed),
        set_of_(geometry.sets),
        entries_(geometry.slots()) {}

  SetAssociative(const SetAssociative&) = delete;
  SetAssociative& operator=(const SetAssociative&) = delete;

  Geometry geometry() const { return directory_.geometry(); }
  /// Entries held.
  std::uint32_t size() const { return directory_.size(); }
  /// The set of `number`: modulo, for any number of sets.
  Set set_of(std::uint64_t number) const { return set_of_(number); }

  /// The slot of `set` with `tag` whose entry satisfies `match(const Entry&)`. Changes no state.
  template <class Match>
  MaybeSlot find(Set set, std::uint64_t tag, Match match) const {
    return directory_.find(set, tag, [&](Slot slot) { return match(entries_[slot.value()]); });
  }
  MaybeSlot find(Set set, std::uint64_t tag) const {
    return directory_.find(set, tag, [](Slot) { return true; });
  }

  Entry& at(Slot slot) { return entries_[slot.value()]; }
  const Entry& at(Slot slot) const { return entries_[slot.value()]; }
  std::uint64_t tag(Slot slot) const { return directory_.tag(slot); }

  /// Tells the policy that the entry in `slot` was used.
  void touch(Set set, Slot slot) {
    policy_.touch(set, slot);
    last_touched_ = &entries_[slot.value()];
  }
  /// The entry of the latest touch if nothing has happened since, else null. Touching it again
  /// changes nothing, so that whoever finds here what he looks for may skip find() and touch().
  Entry* last_touched() { return last_touched_; }

  /// Puts `entry` into an unused slot of `set`, or in place of the victim, which is returned.
  std::optional<Victim> insert(Set set, std::uint64_t tag, const Entry& entry) {
    std::optional<Victim> victim;
    MaybeSlot slot = directory_.unused(set);
    if (slot) {
      directory_.put(set, *slot, tag);
    } else {
      slot = policy_.victim(set);
      victim = Victim{directory_.tag(*slot), std::move(at(*slot))};
      directory_.replace(set, *slot, tag);
    }
    policy_.fill(set, *slot);
    at(*slot) = entry;
    last_touched_ = nullptr;
    return victim;
  }
  /// Removes the entry in `slot`, which is in use.
  void erase(Slot slot) {
    directory_.remove(geometry().set_of(slot), slot);
    last_touched_ = nullptr;
  }
  /// Removes every entry for which `condition(const Entry&)` is true, in the order of the slots.
  template <class Condition>
  void erase_if(Condition condition) {
    if (size() == 0) return;
    for (Slot slot(0); slot.value() < geometry().slots(); slot = Slot(slot.value() + 1)) {
      if (directory_.in_use(slot) && condition(at(slot))) erase(slot);
    }
  }
  /// Calls `visit(tag, const Entry&)` for every entry, in the order of the slots.
  template <class Visit>
  void for_each(Visit visit) const {
    for (Slot slot(0); slot.value() < geometry().slots(); slot = Slot(slot.value() + 1)) {
      if (directory_.in_use(slot)) visit(tag(slot), at(slot));
    }
  }

  /// Whether both hold the same and will choose the same victims.
  friend bool operator==(const SetAssociative& a, const SetAssociative& b) {
    if (!(a.directory_ == b.directory_) || !(a.policy_ == b.policy_)) return false;
    for (Slot slot(0); slot.value() < a.geometry().slots(); slot = Slot(slot.value() + 1)) {
      if (a.directory_.in_use(slot) && !(a.at(slot) == b.at(slot))) return false;
    }
    return true;
  }

 private:
  TagDirectory directory_;
  Policy policy_;
  SetIndex set_of_;
  std::vector<Entry> entries_;  // by slot; means something where the slot is in use
  Entry* last_touched_ = nullptr;
};

}  // namespace tlmmu::replacement
