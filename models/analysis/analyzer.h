// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "models/analysis/analysis.h"
#include "models/analysis/large_vector.h"
#include "models/analysis/lru_stack.h"
#include "models/analysis/page_index.h"
#include "models/analysis/reference_reducer.h"
#include "models/workload/access_source.h"

namespace tlmmu::analysis {

struct AnalyzerOptions {
  PageSize page_size = PageSize::k4KiB;
  std::vector<std::uint64_t> frames;  ///< sizes for OPT, each at least 1
};

/// Reads a trace once and computes its Analysis. Memory is proportional to the distinct pages; with
/// OPT also to the references that ReferenceReducer leaves.
///
/// References are worked off a batch at a time: where pages are many, a reference's time is spent
/// waiting for memory, and the waits of a batch overlap.
class Analyzer {
 public:
  explicit Analyzer(const AnalyzerOptions& options);

  /// Takes the current batch of `source`. A reference to the page that was referenced just before
  /// is only counted; everything else about it is known.
  void consume(const AccessSource& source);
  /// One reference to the page that begins at base page `page`: what consume() does, without its
  /// shortcut.
  void reference(Vpn page, AccessType type);

  std::uint64_t accesses() const { return analysis_.accesses; }
  /// To be called once, after the last access.
  Analysis finish();

 private:
  struct Page {
    std::uint64_t last = 0;  ///< time of the latest reference
    TypesSeen types;
  };
  /// A reference and those that follow it directly to the same page.
  struct Run {
    Vpn page;
    std::uint64_t repeats = 0;
    PageOrdinal ordinal;
    std::uint32_t distance = 0;  ///< in the LRU stack; 0: its first reference
    TypesSeen types;
  };
  static constexpr std::uint32_t kRuns = 64;

  void work_off_runs();
  void find_pages();
  void find_distances();
  void account_for(const Run& run);

  std::vector<std::uint64_t> frames_;
  PageIndex index_;
  LruStack stack_;
  std::optional<ReferenceReducer> reducer_;
  ReuseTimes reuse_times_;
  Analysis analysis_;
  LargeVector<Page> pages_;
  std::array<Run, kRuns> runs_;  ///< not worked off yet
  std::uint32_t run_count_ = 0;
  Run* open_ = nullptr;    ///< the last one of them, which may still grow
  std::uint64_t now_ = 0;  ///< references that were worked off
};

}  // namespace tlmmu::analysis
