// SPDX-License-Identifier: Apache-2.0
#include "models/app/results_json.h"

#include <nlohmann/json.hpp>

#include "models/config/listing.h"
#include "models/stats/json.h"

namespace tlmmu {

namespace {

using Json = nlohmann::ordered_json;
constexpr const char* kFormat = "tlmmu results 1";

Json configuration_json(const MachineConfig& machine) {
  Json sections = Json::object();
  const config::Listing listing(machine);
  for (const auto& key : listing.keys()) {
    if (!key.active) continue;
    sections[key.section][key.name] = Json::parse(key.value);  // TOML scalars and lists are JSON
  }
  return sections;
}

Json laws_json(const stats::Snapshot& snapshot) {
  Json laws = Json::array();
  for (const auto& law : snapshot.laws()) {
    laws.push_back({{"group", law.group},
                    {"law", law.text},
                    {"left", law.left},
                    {"right", law.right},
                    {"holds", law.holds()}});
  }
  return laws;
}

}  // namespace

std::string results_json(const RunOptions& options, const MachineConfig& machine,
                         const stats::Snapshot& snapshot) {
  Json results = {{"format", kFormat}, {"version", TLMMU_VERSION}, {"traces", options.traces}};
  if (options.scenario) results["scenario"] = *options.scenario;
  results["configuration"] = configuration_json(machine);
  results["statistics"] = stats::to_json(snapshot);
  results["laws"] = laws_json(snapshot);
  return results.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string results_json_schema(const stats::Snapshot& snapshot) {
  Json schema = {
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"title", "tlmmu results"},
      {"type", "object"},
      {"required", {"format", "version", "traces", "configuration", "statistics", "laws"}}};
  Json& properties = schema["properties"];
  properties["format"] = {{"const", kFormat}};
  properties["version"] = {{"type", "string"}};
  properties["traces"] = {{"type", "array"}, {"items", {{"type", "string"}}}};
  properties["scenario"] = {{"type", "string"}};
  properties["configuration"] = {{"type", "object"}, {"description", "by section, then key"}};
  properties["statistics"] = stats::to_json_schema(snapshot);
  properties["statistics"]["properties"]["kernel"]["patternProperties"]["^process_[0-9]+$"] = {
      {"type", "object"}, {"description", "one process: its faults, frames and waiting"}};
  properties["laws"] = {
      {"type", "array"},
      {"items", {{"type", "object"}, {"required", {"group", "law", "left", "right", "holds"}}}}};
  return schema.dump(2) + "\n";
}

}  // namespace tlmmu
