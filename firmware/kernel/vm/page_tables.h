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
    each_below(root, top(), Vpn(0), range, visit);
  }

 private:
  template <class Visit>
  void each_below(Ppn table, unsigned level, Vpn base, const PageRange& range, Visit& visit) const {
    const unsigned shift = level * mode_.index_bits;
    for (std::uint64_t i = first_index(base, shift, range); i < entries(); ++i) {
      const Vpn page(base.value() + (i << shift));
      if (page >= range.end) return;
      const PhysicalAddress here = entry(table, i);
      const Pte pte = machine_.read_pte(here);
      if (pte.raw() == 0) continue;
      if (level == 0 || pte.is_leaf()) {
        visit(page, here, pte, level);
      } else {
        each_below(pte.ppn(), level - 1, page, range, visit);
      }
    }
  }
  static std::uint64_t first_index(Vpn base, unsigned shift, const PageRange& range) {
    return range.start <= base ? 0 : (range.start.value() - base.value()) >> shift;
  }

  Machine& machine_;
  const PagingMode& mode_;
};

}  // namespace tlmmu::kernel
