// SPDX-License-Identifier: Apache-2.0
#include "models/stats/json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace tlmmu::stats {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Distribution& distribution) {
  Json bins = Json::array();
  for (const auto& bin : distribution.bins()) bins.push_back({bin.low, bin.high, bin.count});
  return {{"count", distribution.count()},
          {"sum", distribution.sum()},
          {"minimum", distribution.minimum()},
          {"maximum", distribution.maximum()},
          {"median", distribution.quantile(500)},
          {"p99", distribution.quantile(990)},
          {"bins", std::move(bins)}};
}

Json json_of(const Entry& entry) {
  switch (entry.kind) {
    case Kind::counter:
    case Kind::time:
      return entry.value;
    case Kind::ratio:
      if (entry.denominator == 0) return nullptr;
      return static_cast<double>(entry.value) / static_cast<double>(entry.denominator);
    case Kind::distribution:
      break;
  }
  return json_of(entry.distribution);
}

Json schema_of(const Entry& entry) {
  Json count = {{"type", "integer"}, {"minimum", 0}};
  switch (entry.kind) {
    case Kind::counter:
    case Kind::time:
      return count;
    case Kind::ratio:
      return {{"type", {"number", "null"}}};
    case Kind::distribution:
      break;
  }
  Json properties;
  for (const char* name : {"count", "sum", "minimum", "maximum", "median", "p99"}) {
    properties[name] = count;
  }
  properties["bins"] = {
      {"type", "array"},
      {"description", "smallest value, largest value, count"},
      {"items", {{"type", "array"}, {"items", count}, {"minItems", 3}, {"maxItems", 3}}}};
  return {{"type", "object"}, {"properties", std::move(properties)}};
}

/// Calls `visit(object, leaf)` with the innermost object of a dotted path; `step` descends one
/// name.
template <class Step>
Json& descend(Json& root, const std::string& path, Step step) {
  Json* object = &root;
  std::size_t from = 0;
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', from)) {
    object = &step(*object, path.substr(from, dot - from));
    from = dot + 1;
  }
  return step(*object, path.substr(from));
}

std::string unit_of(const Entry& entry) {
  return entry.kind == Kind::time ? "ps" : entry.unit;
}

std::string description_of(const Entry& entry) {
  const std::string unit = unit_of(entry);
  return unit.empty() ? entry.help : fmt::format("{} ({})", entry.help, unit);
}

}  // namespace

Json to_json(const Snapshot& snapshot) {
  Json root = Json::object();
  for (const Entry& entry : snapshot.entries()) {
    descend(root, entry.path, [](Json& o, const std::string& name) -> Json& { return o[name]; }) =
        json_of(entry);
  }
  return root;
}

Json to_json_schema(const Snapshot& snapshot) {
  Json root = {{"type", "object"}, {"properties", Json::object()}};
  const auto step = [](Json& object, const std::string& name) -> Json& {
    object["type"] = "object";
    return object["properties"][name];
  };
  for (const GroupHelp& group : snapshot.groups()) {
    descend(root, group.path, step)["description"] = group.help;
  }
  for (const Entry& entry : snapshot.entries()) {
    Json schema = schema_of(entry);
    schema["description"] = description_of(entry);
    descend(root, entry.path, step) = std::move(schema);
  }
  return root;
}

std::string to_markdown(const Snapshot& snapshot, const std::string& group) {
  const std::string prefix = group + ".";
  std::string text = "| statistic | unit | meaning |\n|---|---|---|\n";
  for (const Entry& entry : snapshot.entries()) {
    if (entry.path.rfind(prefix, 0) != 0) continue;
    text += fmt::format("| `{}` | {} | {} |\n", entry.path.substr(prefix.size()), unit_of(entry),
                        entry.help);
  }
  for (const Law& law : snapshot.laws()) {
    if (law.group == group) text += fmt::format("\nLaw: {}.\n", law.text);
  }
  return text;
}

}  // namespace tlmmu::stats
