// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frames/slab.h"
#include "firmware/kernel/vm/area.h"

namespace tlmmu::kernel {

/// Pages of an address space, [start, end).
struct PageRange {
  Vpn start;
  Vpn end;

  bool empty() const { return end <= start; }
  bool contains(Vpn page) const { return start <= page && page < end; }
};

using AreaSlab = Slab<Area>;

/// The areas of an address space, in an AVL tree by address. No two overlap.
class AreaTree {
 public:
  /// The area that holds `page`; null if none does.
  Area* find(Vpn page);
  const Area* find(Vpn page) const { return const_cast<AreaTree*>(this)->find(page); }
  /// The first area that ends above `page`; null if there is none.
  Area* first_above(Vpn page);
  Area* next(Area& area);

  void insert(Area& area);
  void remove(Area& area);
  bool empty() const { return tree_.empty(); }
  std::uint64_t pages() const { return pages_; }
  std::uint64_t size() const { return tree_.size(); }

  /// Cuts the area in two at `at`, which lies inside; the upper part is `upper`, a new object.
  void split(Area& area, Vpn at, Area& upper);
  /// Joins neighbours that are alike, with `area` as one of them; the areas that vanish go back to
  /// `slab`. How many they are.
  std::uint64_t merge(Area& area, AreaSlab& slab);
  /// Moves an end of the area.
  void resize(Area& area, const PageRange& range);

  /// Where the lowest gap of so many pages lies inside `range`.
  std::optional<Vpn> find_gap(std::uint64_t pages, const PageRange& range);
  /// Whether no area lies in `range`.
  bool is_free(const PageRange& range);

  template <class Visit>
  void each(Visit visit) {
    for (Area& area : tree_) visit(area);
  }

 private:
  using Tree = intrusive::avl_set<Area, intrusive::key_of_value<AreaOrder>>;
  bool absorb(Area& area, Area& next);

  Tree tree_;
  std::uint64_t pages_ = 0;
};

}  // namespace tlmmu::kernel
