// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/page_state.h"
#include "testbenches/kernel/kernel_bench.h"

namespace tlmmu::kernel::testing {

/// What the kernel was entered for, or that it was not.
enum class Entry : std::uint8_t { hardware, fault, completion, fork, protect, give_up, other };

/// Holds every single write of a PTE against the declared transitions, and against what the kernel
/// was entered for: a page becomes resident by a fault, never by a timer. Reclaim may work in each
/// entry. What is wrong is kept as text; `complaints` empties the list.
class PageStateObserver final : public PteObserver {
 public:
  explicit PageStateObserver(KernelBench& bench) : bench_(bench) { bench.machine.observer = this; }
  PageStateObserver(const PageStateObserver&) = delete;
  PageStateObserver& operator=(const PageStateObserver&) = delete;
  ~PageStateObserver() { bench_.machine.observer = nullptr; }

  /// From now on the kernel works on this.
  void enter(Entry entry) { entry_ = entry; }
  std::vector<std::string> complaints() { return std::exchange(complaints_, {}); }
  std::uint64_t transitions() const { return transitions_; }

  void pte_written(PhysicalAddress entry, Pte before, Pte after) override;

 private:
  void tree_written(Pte before, Pte after);
  void leaf_written(Pte before, Pte after);
  bool is_of_segment(PhysicalAddress entry) const;
  bool fills_a_table_laid_aside(PhysicalAddress entry, Pte after) const;
  void complain(const char* what, Pte before, Pte after);

  KernelBench& bench_;
  Entry entry_ = Entry::hardware;
  std::uint64_t transitions_ = 0;
  std::vector<std::string> complaints_;
};

}  // namespace tlmmu::kernel::testing
