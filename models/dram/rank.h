// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/dram/activate_window.h"
#include "models/dram/bank.h"
#include "models/dram/column_window.h"
#include "models/dram/refresh_timer.h"

namespace tlmmu {

/// The banks of one rank and what they share.
struct Rank {
  Rank(unsigned rank, const DramGeometry& geometry, const TimingRules& rules)
      : banks(geometry.banks_per_rank()),
        activates(geometry.bank_groups),
        columns(geometry.bank_groups),
        refresh(rank, geometry.ranks, rules),
        number(rank),
        banks_per_group(geometry.banks) {}

  unsigned index(const BurstAddress& a) const { return a.bank_group * banks_per_group + a.bank; }
  /// When a REF is legal; every bank is precharged.
  Cycles earliest_refresh() const;

  std::vector<Bank> banks;
  ActivateWindow activates;
  ColumnWindow columns;
  RefreshTimer refresh;
  unsigned number;
  unsigned banks_per_group;
};

}  // namespace tlmmu
