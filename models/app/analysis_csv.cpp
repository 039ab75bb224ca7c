// SPDX-License-Identifier: Apache-2.0
#include "models/app/analysis_csv.h"

#include <fmt/format.h>

#include <iterator>

namespace tlmmu {

namespace {

using analysis::Analysis;

class Csv {
 public:
  void block(const char* name, const char* columns) {
    if (!text_.empty()) text_ += "\n\n";
    line("# {}\n{}", name, columns);
  }
  template <class... Args>
  void line(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Args>(args)...);
    text_ += '\n';
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

double ratio(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

void add_working_sets(Csv& csv, const Analysis& analysis) {
  csv.block("working_set", "window,pages,miss_ratio,reuses");
  for (const auto& point : analysis.working_sets) {
    csv.line("{},{:.4f},{:.9f},{}", point.window, point.pages,
             ratio(point.misses, analysis.total_references()), point.reuses);
  }
}

/// The sizes at which the faults change: a curve of steps.
void add_lru(Csv& csv, const Analysis& analysis) {
  csv.block("lru", "frames,faults,miss_ratio");
  const auto faults = analysis.distances.faults();
  for (std::size_t frames = 1; frames < faults.size(); ++frames) {
    if (frames > 1 && faults[frames] == faults[frames - 1]) continue;
    csv.line("{},{},{:.9f}", frames, faults[frames],
             ratio(faults[frames], analysis.total_references()));
  }
}

void add_optimal(Csv& csv, const Analysis& analysis) {
  csv.block("opt", "frames,faults,miss_ratio");
  for (const auto& point : analysis.optimal) {
    csv.line("{},{},{:.9f}", point.frames, point.faults,
             ratio(point.faults, analysis.total_references()));
  }
}

}  // namespace

std::string analysis_csv(const Analysis& analysis) {
  Csv csv;
  add_working_sets(csv, analysis);
  add_lru(csv, analysis);
  if (!analysis.optimal.empty()) add_optimal(csv, analysis);
  return csv.take();
}

}  // namespace tlmmu
