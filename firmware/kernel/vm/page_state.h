// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/software_pte.h"

namespace tlmmu::kernel {

/// What a page of a process is, by its leaf PTE. A page of no area is unallocated; its PTE is 0
/// too.
enum class PageState : std::uint8_t {
  untouched,      ///< PTE 0: never touched, or the area says where its contents are
  resident,       ///< in a frame
  copy_on_write,  ///< in a frame that others may use, until somebody stores
  swapped,        ///< in a slot
  in_file,        ///< text of a trace, in its block
};
constexpr unsigned kPageStates = 5;

constexpr PageState page_state_of(Pte pte) {
  switch (kind_of(pte)) {
    case PteKind::untouched:
      return PageState::untouched;
    case PteKind::swapped:
      return PageState::swapped;
    case PteKind::file:
      return PageState::in_file;
    case PteKind::valid:
      break;
  }
  return has_mark(pte, PteMark::copy_on_write) ? PageState::copy_on_write : PageState::resident;
}

struct PageTransition {
  PageState from;
  PageState to;
};

/// Every way from one state to another that there is.
constexpr PageTransition kPageTransitions[] = {
    {PageState::untouched, PageState::resident},       // first touch
    {PageState::untouched, PageState::copy_on_write},  // of a private file page; a child, by fork
    {PageState::untouched, PageState::swapped},        // a child, by fork
    {PageState::untouched, PageState::in_file},        // first fetch of a trace
    {PageState::resident, PageState::untouched},       // given up; taken, where the area knows
    {PageState::resident, PageState::copy_on_write},   // fork; made writable
    {PageState::resident, PageState::swapped},         // reclaim
    {PageState::resident, PageState::in_file},         // reclaim of a trace's text
    {PageState::copy_on_write, PageState::untouched},  // given up; a file's page dropped
    {PageState::copy_on_write, PageState::resident},   // copied, or kept; made read-only
    {PageState::copy_on_write, PageState::swapped},    // reclaim
    {PageState::swapped, PageState::untouched},        // given up
    {PageState::swapped, PageState::resident},         // read back
    {PageState::swapped, PageState::copy_on_write},    // read back, and others want it too
    {PageState::in_file, PageState::untouched},        // the end of a trace
    {PageState::in_file, PageState::resident},         // read
};

/// Whether a page may go from one state to another one; staying is no transition.
constexpr bool is_legal(const PageTransition& transition) {
  for (const PageTransition& legal : kPageTransitions) {
    if (legal.from == transition.from && legal.to == transition.to) return true;
  }
  return false;
}

}  // namespace tlmmu::kernel
