// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "models/arch/paging_mode.h"
#include "models/ptw/walk_rules.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// One number for each level of the page table; the last table is level 0.
struct PerLevelStats {
  std::array<std::uint64_t, kMaxLevels> level{};

  std::uint64_t total() const;
  void describe(stats::Visitor& v) const;
};

/// Faults by the step of the translation process that found them.
struct FaultStepStats {
  std::array<std::uint64_t, std::size(kVatpStepNames)> step{};

  std::uint64_t& operator[](VatpStep at) { return step[static_cast<std::size_t>(at)]; }
  std::uint64_t operator[](VatpStep at) const { return step[static_cast<std::size_t>(at)]; }
  std::uint64_t total() const;
  void describe(stats::Visitor& v) const;
};

}  // namespace tlmmu
