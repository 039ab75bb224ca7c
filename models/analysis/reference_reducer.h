// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/large_vector.h"
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
  /// `page` will be referenced soon: begins to read from memory what that needs.
  void prefetch(PageOrdinal page) const {
    if (page.value() < latest_.size()) __builtin_prefetch(&latest_[page.value()], 1);
  }
  /// The reduced string. The reducer is empty afterwards.
  std::vector<PageOrdinal> finish();

 private:
  /// Stands in the segment for a reference that is neither its page's first nor its last.
  static constexpr PageOrdinal kDropped{~std::uint32_t{0}};
  static constexpr std::uint64_t kSlack = 64;

  /// A page's latest reference. Times count the places of segments, on and on; 0 was never.
  class Latest {
   public:
    enum class Kind : std::uint8_t { first, repeated };  ///< in its segment

    Latest() = default;
    Latest(std::uint64_t time, Kind kind) : code_(2 * time + static_cast<unsigned>(kind)) {}

    std::uint64_t time() const { return code_ / 2; }
    Kind kind() const { return static_cast<Kind>(code_ % 2); }

   private:
    std::uint64_t code_ = 0;
  };

  void drop(std::uint64_t time);
  void close_gaps();
  void end_segment();
  std::uint64_t now() const { return segment_begin_ + segment_.size(); }

  std::uint64_t frames_;
  std::uint64_t segment_begin_ = 1;   ///< time of the segment's first place
  std::uint64_t segment_pages_ = 0;   ///< distinct ones
  std::uint64_t dropped_ = 0;         ///< places of the segment that were
  std::vector<PageOrdinal> segment_;  ///< the current one
  LargeVector<Latest> latest_;        ///< by page
  std::vector<PageOrdinal> reduced_;
};

}  // namespace tlmmu::analysis
