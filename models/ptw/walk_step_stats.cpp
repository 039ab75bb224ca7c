// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/walk_step_stats.h"

#include <numeric>

namespace tlmmu {

std::uint64_t PerLevelStats::total() const {
  return std::accumulate(level.begin(), level.end(), std::uint64_t{0});
}

void PerLevelStats::describe(stats::Visitor& v) const {
  v.counter({"level0", "PTEs", "in last-level tables"}, level[0]);
  v.counter({"level1", "PTEs", "in tables that reach 1 GiB (Sv32: the root)"}, level[1]);
  v.counter({"level2", "PTEs", "in tables that reach 512 GiB (Sv39: the root)"}, level[2]);
  v.counter({"level3", "PTEs", "in tables that reach 256 TiB (Sv48: the root)"}, level[3]);
  v.counter({"level4", "PTEs", "in the root of Sv57"}, level[4]);
}

std::uint64_t FaultStepStats::total() const {
  return std::accumulate(step.begin(), step.end(), std::uint64_t{0});
}

void FaultStepStats::describe(stats::Visitor& v) const {
  const auto count = [&](const char* name, const char* help, VatpStep at) {
    v.counter({name, "walks", help}, (*this)[at]);
  };
  count("canonical_address", "VATP.0: high address bits differ, no PTE was read",
        VatpStep::canonical_address);
  count("pte_access", "VATP.2: memory refused a PTE read", VatpStep::pte_access);
  count("pte_format", "VATP.3: invalid PTE or reserved encoding", VatpStep::pte_format);
  count("pointer", "VATP.4: pointer in a last-level table", VatpStep::pointer);
  count("alignment", "VATP.5: misaligned superpage", VatpStep::alignment);
  count("user_bit", "VATP.6: U bit against privilege and SUM", VatpStep::user_bit);
  count("permission", "VATP.8: R, W, X against the access", VatpStep::permission);
  count("accessed_dirty", "VATP.9: A or D clear with Svade, or a refused update",
        VatpStep::accessed_dirty);
}

}  // namespace tlmmu
