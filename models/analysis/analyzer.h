// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "models/analysis/analysis.h"
#include "models/analysis/lru_stack.h"
#include "models/analysis/reference_reducer.h"
#include "models/workload/access_source.h"

namespace tlmmu::analysis {

struct AnalyzerOptions {
  PageSize page_size = PageSize::k4KiB;
  std::vector<std::uint64_t> frames;  ///< sizes for OPT, each at least 1
};

/// Reads a trace once and computes its Analysis. Memory is proportional to the distinct pages; with
/// OPT also to the references that ReferenceReducer leaves.
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

  void consume(const MemoryAccess& access);
  void record(LruStack::Reference reference, AccessType type);
  void account_for_repeats();

  std::vector<std::uint64_t> frames_;
  LruStack stack_;
  std::optional<ReferenceReducer> reducer_;
  ReuseTimes reuse_times_;
  Analysis analysis_;
  std::vector<Page> pages_;
  std::uint64_t now_ = 0;      ///< references so far
  std::uint64_t repeats_ = 0;  ///< references to the page on top that are only counted yet
  PageOrdinal on_top_;
};

}  // namespace tlmmu::analysis
