// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/replacement/naive_policy.h"
#include "testbenches/tlb/tlb_fixture.h"

namespace tlmmu::tlb_test {

/// A TLB as the specification and the documentation say it, every question answered by a look at
/// all entries.
class NaiveTlb {
 public:
  NaiveTlb(const TlbConfig& config, std::uint64_t seed) : random_(seed) {
    sets_.resize(config.entries / config.ways);
    for (NaiveSet& set : sets_) {
      set.ways.resize(config.ways);
      set.policy =
          replacement::make_naive(config.replacement, static_cast<unsigned>(config.ways), random_);
    }
  }

  std::optional<TlbEntry> lookup(VirtualAddress address, Asid asid) {
    NaiveSet* found_in = nullptr;
    unsigned found_way = 0;
    for (NaiveSet& set : sets_) {
      for (unsigned way = 0; way < set.ways.size(); ++way) {
        const auto& entry = set.ways[way];
        if (!entry || !covers(*entry, address) || !answers(*entry, asid)) continue;
        if (found_in != nullptr &&
            found_in->ways[found_way]->translation.size > entry->translation.size) {
          continue;
        }
        found_in = &set;
        found_way = way;
      }
    }
    if (found_in == nullptr) return std::nullopt;
    found_in->policy->touch(found_way);
    return found_in->ways[found_way];
  }

  std::optional<TlbEntry> insert(const TlbEntry& entry) {
    const VirtualAddress address = address_of(entry.translation.vpn);
    remove_if([&](const TlbEntry& old) {
      return covers(old, address) && old.translation.size >= entry.translation.size &&
             (global(old) || global(entry) || old.tag.asid() == entry.tag.asid()) &&
             !same(old, entry);
    });
    NaiveSet& set = sets_[(address.value() >> shift_of(entry.translation.size)) % sets_.size()];
    for (unsigned way = 0; way < set.ways.size(); ++way) {
      if (!set.ways[way] || !same(*set.ways[way], entry)) continue;
      set.ways[way] = entry;
      set.policy->touch(way);
      return std::nullopt;
    }
    const auto empty = std::find(set.ways.begin(), set.ways.end(), std::nullopt);
    const auto way = empty != set.ways.end() ? static_cast<unsigned>(empty - set.ways.begin())
                                             : set.policy->victim();
    const std::optional<TlbEntry> victim = set.ways[way];
    set.ways[way] = entry;
    set.policy->fill(way);
    return victim;
  }

  void fence(const Fence& fence) {
    remove_if([&](const TlbEntry& entry) {
      if (fence.asid && (global(entry) || entry.tag.asid() != *fence.asid)) return false;
      return !fence.vpn || covers(entry, address_of(*fence.vpn));
    });
  }

  void remove(const TlbEntry& entry) {
    remove_if([&](const TlbEntry& held) { return same(held, entry); });
  }

  /// All entries, set by set and way by way.
  std::vector<TlbEntry> contents() const {
    std::vector<TlbEntry> result;
    for (const NaiveSet& set : sets_) {
      for (const auto& entry : set.ways) {
        if (entry) result.push_back(*entry);
      }
    }
    return result;
  }

 private:
  struct NaiveSet {
    std::vector<std::optional<TlbEntry>> ways;
    std::unique_ptr<replacement::NaivePolicy> policy;
  };

  static bool global(const TlbEntry& entry) { return entry.translation.flags.g(); }
  static bool answers(const TlbEntry& entry, Asid asid) {
    return global(entry) || entry.tag.asid() == asid;
  }
  static bool covers(const TlbEntry& entry, VirtualAddress address) {
    const VirtualAddress first = address_of(entry.translation.vpn);
    return address >= first && address - first < bytes_of(entry.translation.size);
  }
  static bool same(const TlbEntry& a, const TlbEntry& b) {
    return a.translation.vpn == b.translation.vpn && a.translation.size == b.translation.size &&
           global(a) == global(b) && (global(a) || a.tag == b.tag);
  }
  template <class Condition>
  void remove_if(Condition condition) {
    for (NaiveSet& set : sets_) {
      for (auto& entry : set.ways) {
        if (entry && condition(*entry)) entry.reset();
      }
    }
  }

  Random random_;
  std::vector<NaiveSet> sets_;
};

}  // namespace tlmmu::tlb_test
