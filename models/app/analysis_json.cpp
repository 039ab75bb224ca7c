// SPDX-License-Identifier: Apache-2.0
#include "models/app/analysis_json.h"

#include <nlohmann/json.hpp>

namespace tlmmu {

namespace {

using Json = nlohmann::ordered_json;
using analysis::Analysis;

Json references_json(const Analysis& analysis) {
  Json references = {{"total", analysis.total_references()}};
  for (const auto& type : kAccessTypeNames) {
    references[type.name] = analysis.references.at(static_cast<std::size_t>(type.value));
  }
  return references;
}

Json pages_json(const Analysis& analysis) {
  Json pages = {{"total", analysis.distances.pages()}};
  for (const auto& use : analysis::kPageUseNames) {
    pages[use.name] = analysis.pages.at(static_cast<std::size_t>(use.value));
  }
  return pages;
}

Json working_sets_json(const Analysis& analysis) {
  Json curve = Json::array();
  for (const auto& point : analysis.working_sets) {
    curve.push_back({{"window", point.window},
                     {"pages", point.pages},
                     {"misses", point.misses},
                     {"reuses", point.reuses}});
  }
  return curve;
}

/// The distances that occur. With a number of frames between two of them LRU faults as often as
/// with the lower one.
Json lru_json(const Analysis& analysis) {
  Json rows = Json::array();
  const auto faults = analysis.distances.faults();
  for (std::uint32_t d = 1; d <= analysis.distances.pages(); ++d) {
    if (analysis.distances.at(d) == 0) continue;
    rows.push_back(
        {{"distance", d}, {"references", analysis.distances.at(d)}, {"faults", faults[d]}});
  }
  return rows;
}

Json optimal_json(const Analysis& analysis) {
  Json rows = Json::array();
  for (const auto& point : analysis.optimal) {
    rows.push_back({{"frames", point.frames}, {"faults", point.faults}});
  }
  return rows;
}

}  // namespace

std::string analysis_json(const AnalyzeOptions& options, const Analysis& analysis) {
  Json results = {{"format", "tlmmu analysis 1"}, {"version", TLMMU_VERSION}};
  if (options.trace) results["trace"] = *options.trace;
  if (options.scenario) results["scenario"] = *options.scenario;
  if (options.process) results["process"] = *options.process;
  results["page_size"] = bytes_of(analysis.page_size).value();
  results["accesses"] = analysis.accesses;
  results["references"] = references_json(analysis);
  results["pages"] = pages_json(analysis);
  results["working_sets"] = working_sets_json(analysis);
  results["lru"] = lru_json(analysis);
  results["opt"] = optimal_json(analysis);
  return results.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tlmmu
