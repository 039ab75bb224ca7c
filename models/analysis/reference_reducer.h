// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/page_index.h"

namespace tlmmu::analysis {

/// Keeps of a reference string what OPT needs, for memories of at least `frames` frames.
///
/// The string is cut into segments of at most `frames` distinct pages each, and of every page's
/// references in a segment only the first and the last are kept. OPT's faults stay the same:
/// while the segment lasts, a fault finds a page in memory that the segment does not reference,
/// because the page that faulted is one of the segment's at most `frames` pages and is not in
/// memory. That page's next use lies behind the segment, so that OPT never takes a page that has a
/// reference left in the segment, whether its next one is kept or dropped. (A case of the Safely
/// Allowed Drop of Kaplan, Smaragdakis and Wilson 2003.)
class ReferenceReducer {
 public:
  explicit ReferenceReducer(std::uint64_t frames) : frames_(frames) {}

  void reference(PageOrdinal page);
  /// The reduced string. The reducer is empty afterwards.
  std::vector<PageOrdinal> finish();

 private:
  /// A page of the current segment, and the times of its first and last reference there.
  struct Member {
    PageOrdinal page;
    std::uint64_t first;
    std::uint64_t last;
  };
  struct Kept {
    std::uint64_t time;
    PageOrdinal page;
  };
  /// Where a page is in members_, if `segment` is the current one.
  struct Place {
    std::uint64_t segment = 0;
    std::uint32_t member = 0;
  };

  void end_segment();

  std::uint64_t frames_;
  std::uint64_t now_ = 0;
  std::uint64_t segment_ = 1;
  std::vector<Member> members_;
  std::vector<Place> places_;  ///< by page
  std::vector<Kept> kept_;     ///< of the segment that ends; kept for its memory
  std::vector<PageOrdinal> reduced_;
};

}  // namespace tlmmu::analysis
