// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/machine.h"
#include "firmware/kernel/vm/area_tree.h"
#include "models/arch/paging_mode.h"

namespace tlmmu::kernel {

/// Reads page tables. A leaf of the user half is at level 0, or at level 1 for a large page.
class PageTables {
 public:
  PageTables(Machine& machine, const PagingMode& mode) : machine_(machine), mode_(mode) {}

  unsigned top() const { return mode_.levels - 1; }
  PhysicalAddress entry(Ppn table, std::uint64_t index) const {
    return address_of(table) + Bytes(index * mode_.pte_bytes);
  }
  PhysicalAddress entry(Ppn table, VirtualAddress address, unsigned level) const {
    return entry(table, mode_.index(address, level));
  }
  std::uint64_t entries() const { return std::uint64_t{1} << mode_.index_bits; }

  /// Where a page's leaf PTE is, as far as there are tables.
  struct Leaf {
    PhysicalAddress entry;
    unsigned level;
  };
  std::optional<Leaf> find(Ppn root, VirtualAddress address) const {
    Ppn table = root;
    for (unsigned level = top(); level > 0; --level) {
      const PhysicalAddress here = entry(table, address, level);
      const Pte pte = machine_.read_pte(here);
      if (!pte.flags().v()) return std::nullopt;
      if (pte.is_leaf()) return Leaf{here, level};
      table = pte.ppn();
    }
    return Leaf{entry(table, address, 0), 0};
  }

  /// Calls `visit(page, entry, pte, level)` for each leaf PTE of `range` that is not 0, in order.
  template <class Visit>
  void each(Ppn root, const PageRange& range, Visit visit) const {
    search(root, range, [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned level) {
      visit(page, entry, pte, level);
      return false;
    });
  }
  /// The same until `found` says so. Whether it did.
  template <class Found>
  bool search(Ppn root, const PageRange& range, Found found) const {
    return search_below(root, top(), Vpn(0), range, found);
  }
  /// The entry of a table whose reach begins at `base` that is the first with a page of `range`.
  static std::uint64_t first_index(Vpn base, unsigned shift, const PageRange& range) {
    return range.start <= base ? 0 : (range.start.value() - base.value()) >> shift;
  }

 private:
  template <class Found>
  bool search_below(Ppn table, unsigned level, Vpn base, const PageRange& range,
                    Found& found) const {
    const unsigned shift = level * mode_.index_bits;
    for (std::uint64_t i = first_index(base, shift, range); i < entries(); ++i) {
      const Vpn page(base.value() + (i << shift));
      if (page >= range.end) return false;
      const PhysicalAddress here = entry(table, i);
      const Pte pte = machine_.read_pte(here);
      if (pte.raw() == 0) continue;
      const bool leaf = level == 0 || pte.is_leaf();
      const bool done = leaf ? found(page, here, pte, level)
                             : search_below(pte.ppn(), level - 1, page, range, found);
      if (done) return true;
    }
    return false;
  }

  Machine& machine_;
  const PagingMode& mode_;
};

}  // namespace tlmmu::kernel
