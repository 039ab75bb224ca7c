// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/page_state_observer.h"

#include <sstream>

namespace tlmmu::kernel::testing {

namespace {

struct Cause {
  PageTransition transition;
  std::vector<Entry> entries;  ///< empty: any, because reclaim does it
};

/// For what each transition may happen. It is declared here once more, and by hand.
const std::vector<Cause>& causes() {
  using S = PageState;
  static const std::vector<Cause> list = {
      {{S::untouched, S::resident}, {Entry::fault, Entry::completion, Entry::fork}},
      {{S::untouched, S::copy_on_write}, {Entry::fault, Entry::completion, Entry::fork}},
      {{S::untouched, S::swapped}, {Entry::fork}},
      {{S::untouched, S::in_file}, {Entry::fault}},
      {{S::resident, S::untouched}, {}},
      {{S::resident, S::copy_on_write}, {Entry::fork, Entry::protect}},
      {{S::resident, S::swapped}, {}},
      {{S::resident, S::in_file}, {}},
      {{S::copy_on_write, S::untouched}, {}},
      {{S::copy_on_write, S::resident}, {Entry::fault, Entry::protect}},
      {{S::copy_on_write, S::swapped}, {}},
      {{S::swapped, S::untouched}, {Entry::give_up}},
      {{S::swapped, S::resident}, {Entry::fault, Entry::completion}},
      {{S::swapped, S::copy_on_write}, {Entry::fault, Entry::completion}},
      {{S::in_file, S::untouched}, {Entry::give_up}},
      {{S::in_file, S::resident}, {Entry::fault, Entry::completion}},
  };
  return list;
}

bool is_allowed(const PageTransition& transition, Entry entry) {
  for (const Cause& cause : causes()) {
    if (cause.transition.from != transition.from || cause.transition.to != transition.to) continue;
    const auto& entries = cause.entries;
    return entry != Entry::hardware &&
           (entries.empty() || std::find(entries.begin(), entries.end(), entry) != entries.end());
  }
  return false;
}

bool is_pointer(Pte pte) {
  return pte.flags().v() && !pte.is_leaf();
}

constexpr unsigned kAccessedDirty = PteFlags::kA | PteFlags::kD;

}  // namespace

void PageStateObserver::pte_written(PhysicalAddress entry, Pte before, Pte after) {
  if (after.flags().g()) return;  // the kernel's own mapping
  if (is_of_segment(entry)) return leaf_written(before, after);
  if (fills_a_table_laid_aside(entry, after)) return;
  if (is_pointer(before) || is_pointer(after)) return tree_written(before, after);
  leaf_written(before, after);
}

// A table comes where nothing is, or splits a large page; and it goes.
void PageStateObserver::tree_written(Pte before, Pte after) {
  const bool comes = is_pointer(after) && (before.raw() == 0 || before.is_leaf());
  const bool goes = is_pointer(before) && after.raw() == 0;
  if (!comes && !goes) complain("a table was replaced", before, after);
}

void PageStateObserver::leaf_written(Pte before, Pte after) {
  const PageTransition way{page_state_of(before), page_state_of(after)};
  if (way.from != way.to) {
    ++transitions_;
    if (!is_legal(way)) complain("no such transition", before, after);
    if (!is_allowed(way, entry_)) complain("not in this entry of the kernel", before, after);
    return;
  }
  if (entry_ == Entry::hardware) {
    if (((before.raw() ^ after.raw()) & ~std::uint64_t{kAccessedDirty}) != 0) {
      complain("the walker changes more than A and D", before, after);
    }
    return;
  }
  // Frame and place stay, unless a slot could not be written.
  const bool other_place = before.ppn() != after.ppn();
  const bool may_move = way.to == PageState::swapped && entry_ == Entry::completion;
  if (other_place && !may_move) complain("another place in the same state", before, after);
}

bool PageStateObserver::is_of_segment(PhysicalAddress entry) const {
  const SegmentTable& segments = bench_.kernel.state().segments;
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    const SharedSegment& segment = segments.at(SegmentId(i));
    const std::uint64_t first = segment.table.value();
    const std::uint64_t frame = entry.page().value();
    const bool inside = frame >= first && frame < first + (std::uint64_t{1} << segment.table_order);
    if (segment.alive && inside) return true;
  }
  return false;
}

// Such a table is filled with the parts of a large page before anything points to it; what stood
// there before means nothing.
bool PageStateObserver::fills_a_table_laid_aside(PhysicalAddress entry, Pte after) const {
  if (!after.is_leaf()) return false;
  const KernelState& state = bench_.kernel.state();
  const std::uint64_t parts = std::uint64_t{1} << state.mode.index_bits;
  const Ppn head(after.ppn().value() & ~(parts - 1));
  if (!state.frames.known(head)) return false;
  const Frame& frame = state.frames.at(head);
  return !frame.has_block && frame.block.value() == entry.page().value();
}

void PageStateObserver::complain(const char* what, Pte before, Pte after) {
  std::ostringstream text;
  text << what << ": entry " << static_cast<int>(entry_) << std::hex << ", PTE " << before.raw()
       << " -> " << after.raw();
  complaints_.push_back(text.str());
}

}  // namespace tlmmu::kernel::testing
