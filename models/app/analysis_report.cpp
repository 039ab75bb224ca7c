// SPDX-License-Identifier: Apache-2.0
#include "models/app/analysis_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "models/app/text_table.h"

namespace tlmmu {

namespace {

using analysis::Analysis;
constexpr unsigned kBarWidth = 30;

class AnalysisReport {
 public:
  explicit AnalysisReport(const Analysis& analysis)
      : analysis_(analysis), references_(analysis.total_references()) {
    head();
    pages();
    working_sets();
    frames();
  }
  std::string take() { return std::move(text_); }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Args>(args)...);
    text_.erase(text_.find_last_not_of(' ') + 1);
    text_ += '\n';
  }

  void head() {
    const auto& by_type = analysis_.references;
    line("{} accesses, {} references to pages of {}: {} fetches, {} loads, {} stores",
         text::grouped(analysis_.accesses), text::grouped(references_),
         name_in(kPageSizeNames, analysis_.page_size), text::grouped(by_type[0]),
         text::grouped(by_type[1]), text::grouped(by_type[2]));
  }

  void pages() {
    static constexpr const char* kMeanings[analysis::kPageUses] = {
        "fetched only", "fetched and read", "read only", "written", "written and executed"};
    const std::uint64_t total = analysis_.distances.pages();
    const Bytes size = bytes_of(analysis_.page_size);
    line("\nPAGES {:>23}{:>14}{:>12}", "pages", "memory", "share");
    for (std::size_t use = 0; use < analysis::kPageUses; ++use) {
      const std::uint64_t count = analysis_.pages.at(use);
      if (count == 0) continue;
      line("  {:<20}{:>7}{:>14}{:>12}  {}", kMeanings[use], text::grouped(count),
           text::bytes(count * size.value()), text::percent(count, total),
           text::bar(count, total, kBarWidth));
    }
    line("  {:<20}{:>7}{:>14}", "footprint", text::grouped(total),
         text::bytes(total * size.value()));
  }

  /// Every octave of the curve; the reuse times are those above the row before.
  void working_sets() {
    line("\n{:<20}{:>16}{:>16}{:>16}", "WORKING SETS: window", "average pages", "miss ratio",
         "reuse times");
    std::uint64_t reuses = 0;
    for (const auto& point : analysis_.working_sets) {
      reuses += point.reuses;
      if (!is_power_of_two(point.window)) continue;
      line("  {:>18}{:>16.1f}{:>16}{:>16}  {}", text::grouped(point.window), point.pages,
           text::percent(point.misses, references_), text::percent(reuses, references_),
           text::bar(reuses, references_, kBarWidth));
      reuses = 0;
    }
  }

  /// Sizes in powers of two up to the footprint, and those that OPT was asked for.
  void frames() {
    std::map<std::uint64_t, const analysis::FaultPoint*> rows;
    for (std::uint64_t size = 1; size < analysis_.distances.pages(); size *= 2) rows[size];
    rows[analysis_.distances.pages()];
    for (const auto& point : analysis_.optimal) rows[point.frames] = &point;
    line("\n{:<14}{:>14}{:>16}{:>12}{:>16}{:>12}", "FAULTS: frames", "memory", "LRU", "",
         analysis_.optimal.empty() ? "" : "OPT", "");
    const auto faults = analysis_.distances.faults();
    for (const auto& [size, optimal] : rows) {
      const std::uint64_t lru = faults[std::min<std::uint64_t>(size, faults.size() - 1)];
      std::string opt;
      if (optimal != nullptr) {
        opt = fmt::format("{:>16}{:>12}", text::grouped(optimal->faults),
                          text::percent(optimal->faults, references_));
      }
      line("  {:>12}{:>14}{:>16}{:>12}{}", text::grouped(size),
           text::bytes(size * bytes_of(analysis_.page_size).value()), text::grouped(lru),
           text::percent(lru, references_), opt);
    }
  }

  const Analysis& analysis_;
  std::uint64_t references_;
  std::string text_;
};

}  // namespace

std::string analysis_report(const Analysis& analysis) {
  return AnalysisReport(analysis).take();
}

}  // namespace tlmmu
