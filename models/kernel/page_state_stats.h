// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/page_state.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// How often pages of processes went from one state to another, and how many are in it now.
struct PageStateStats {
  std::uint64_t transitions[kernel::kPageStates][kernel::kPageStates] = {};
  std::uint64_t resident = 0;  ///< without copy-on-write
  std::uint64_t copy_on_write = 0;
  std::uint64_t swapped = 0;

  std::uint64_t became(kernel::PageState state) const;
  std::uint64_t left(kernel::PageState state) const;
  std::uint64_t of(const kernel::PageTransition& way) const {
    return transitions[static_cast<unsigned>(way.from)][static_cast<unsigned>(way.to)];
  }
  std::uint64_t illegal() const;
  /// Pages that were in memory and are not any more, for one process.
  std::uint64_t went() const;
  void describe(stats::Visitor& v) const;
};

}  // namespace tlmmu
