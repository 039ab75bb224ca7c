// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "models/config/listing.h"

namespace tlmmu::config {

namespace {

using Json = nlohmann::ordered_json;

Json type_of(const DeclaredKey& key) {
  if (key.type == "integer") {
    return {{"type", "integer"}, {"minimum", key.range.low}, {"maximum", key.range.high}};
  }
  if (key.type == "boolean") return {{"type", "boolean"}};
  if (key.type == "choice") return {{"type", "string"}, {"enum", key.options}};
  if (key.type == "list") {
    return {
        {"type", "array"}, {"minItems", 1}, {"items", {{"type", "string"}, {"enum", key.options}}}};
  }
  if (key.type == "size") {
    return {{"type", {"string", "integer"}}, {"pattern", "^[0-9.]+(B|KiB|MiB|GiB|TiB)?$"}};
  }
  if (key.type == "time") return {{"type", "string"}, {"pattern", "^[0-9.]+(ps|ns|us|ms|s)$"}};
  if (key.type == "frequency")
    return {{"type", "string"}, {"pattern", "^[0-9.]+(Hz|kHz|MHz|GHz)$"}};
  return {{"type", "string"}};
}

Json default_of(const DeclaredKey& key) {
  Json parsed = Json::parse(key.value, nullptr, false);  // TOML scalars and lists are JSON here
  return parsed.is_discarded() ? Json(key.value) : parsed;
}

/// The object of the section at the dotted `path`, made if it is new.
Json& object_at(Json& root, const std::string& path) {
  Json* object = &root;
  std::size_t from = 0;
  while (from < path.size()) {
    const std::size_t dot = std::min(path.find('.', from), path.size());
    object = &(*object)["properties"][path.substr(from, dot - from)];
    if (object->is_null()) {
      *object = {
          {"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
    }
    from = dot + 1;
  }
  return *object;
}

}  // namespace

std::string to_json_schema(const Listing& listing) {
  Json root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
               {"title", "tlmmu machine configuration"},
               {"type", "object"},
               {"additionalProperties", false},
               {"properties", Json::object()}};
  for (const DeclaredSection& section : listing.sections()) {
    object_at(root, section.path)["description"] = section.help;
  }
  for (const DeclaredKey& key : listing.keys()) {
    Json entry = type_of(key);
    entry["default"] = default_of(key);
    entry["description"] = key.help +
                           (key.condition.empty() ? "" : " (only with " + key.condition + ")") +
                           "; allowed: " + key.allowed;
    object_at(root, key.section)["properties"][key.name] = std::move(entry);
  }
  return root.dump(2) + "\n";
}

}  // namespace tlmmu::config
