// SPDX-License-Identifier: Apache-2.0
// Of the portable kernel's statistics: what becomes of pages.
#include "models/kernel/page_state_stats.h"

#include <fmt/format.h>

#include "models/base/enum_names.h"

namespace tlmmu {

namespace {

using kernel::PageState;

constexpr EnumName<PageState> kPageStateNames[] = {
    {PageState::untouched, "untouched"},
    {PageState::resident, "resident"},
    {PageState::copy_on_write, "copy_on_write"},
    {PageState::swapped, "swapped"},
    {PageState::in_file, "in_file"},
};
static_assert(std::size(kPageStateNames) == kernel::kPageStates);

}  // namespace

std::uint64_t PageStateStats::became(PageState state) const {
  std::uint64_t sum = 0;
  for (const auto& from : transitions) sum += from[static_cast<unsigned>(state)];
  return sum;
}

std::uint64_t PageStateStats::left(PageState state) const {
  std::uint64_t sum = 0;
  for (const std::uint64_t to : transitions[static_cast<unsigned>(state)]) sum += to;
  return sum;
}

std::uint64_t PageStateStats::illegal() const {
  std::uint64_t sum = 0;
  for (unsigned from = 0; from < kernel::kPageStates; ++from) {
    for (unsigned to = 0; to < kernel::kPageStates; ++to) {
      const bool legal =
          kernel::is_legal({static_cast<PageState>(from), static_cast<PageState>(to)});
      if (!legal) sum += transitions[from][to];
    }
  }
  return sum;
}

std::uint64_t PageStateStats::went() const {
  std::uint64_t sum = 0;
  for (const PageState from : {PageState::resident, PageState::copy_on_write}) {
    for (const PageState to : {PageState::untouched, PageState::swapped, PageState::in_file}) {
      sum += transitions[static_cast<unsigned>(from)][static_cast<unsigned>(to)];
    }
  }
  return sum;
}

void PageStateStats::describe(stats::Visitor& v) const {
  for (const kernel::PageTransition& legal : kernel::kPageTransitions) {
    const auto from = name_in(kPageStateNames, legal.from);
    const auto to = name_in(kPageStateNames, legal.to);
    v.counter({fmt::format("{}_to_{}", from, to), "pages", "that went this way"},
              transitions[static_cast<unsigned>(legal.from)][static_cast<unsigned>(legal.to)]);
  }
  v.law("pages change their state only in legal ways", illegal(), 0);
  v.law("became resident = no longer + now", became(PageState::resident),
        left(PageState::resident) + resident);
  v.law("became copy-on-write = no longer + now", became(PageState::copy_on_write),
        left(PageState::copy_on_write) + copy_on_write);
  v.law("became swapped = no longer + now", became(PageState::swapped),
        left(PageState::swapped) + swapped);
}

}  // namespace tlmmu
