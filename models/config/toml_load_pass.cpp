// SPDX-License-Identifier: Apache-2.0
#include "models/config/toml_load_pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "models/base/error.h"
#include "models/config/closest_name.h"
#include "models/config/value_syntax.h"

namespace tlmmu::config {

namespace {

std::string spelled(const toml::node& node) {
  std::ostringstream text;
  node.visit([&text](const auto& n) { text << n; });
  return text.str();
}

/// A whole number that is not negative, or nothing.
std::optional<std::uint64_t> whole(const toml::node& node) {
  const auto* integer = node.as_integer();
  if (integer == nullptr || integer->get() < 0) return std::nullopt;
  return static_cast<std::uint64_t>(integer->get());
}

std::optional<std::string> string_of(const toml::node& node) {
  const auto* text = node.as_string();
  if (text == nullptr) return std::nullopt;
  return text->get();
}

bool inside(std::uint64_t value, Range range) {
  return value >= range.low && value <= range.high;
}

}  // namespace

std::string TomlLoadPass::path_of(std::string_view key) const {
  std::string path;
  for (const auto& section : sections_) path += section + ".";
  return path + std::string(key);
}

std::string TomlLoadPass::origin(const std::string& path) const {
  const auto single = content_.origins.find(path);
  if (single != content_.origins.end()) return single->second;
  const auto inside = content_.origins.lower_bound(path + ".");  // a section of keys set one by one
  const bool is_section = inside != content_.origins.end() &&
                          inside->first.compare(0, path.size() + 1, path + ".") == 0;
  const auto node = content_.table.at_path(path);
  if (is_section && (!node || node.node()->source().begin.line == 0)) return inside->second;
  if (!node) return path;
  return fmt::format("{}:{}: {}", content_.file_name, node.node()->source().begin.line, path);
}

const toml::node* TomlLoadPass::given(Key key) {
  const std::string path = path_of(key.name);
  known_.insert(path);
  const auto node = content_.table.at_path(path);
  if (!node) return nullptr;
  const auto off = std::find_if(conditions_.begin(), conditions_.end(),
                                [](const Condition& c) { return !c.active; });
  if (off != conditions_.end()) {
    problem(fmt::format("{} = {}: has no effect; it needs {}", origin(path), spelled(*node.node()),
                        off->text));
    return nullptr;
  }
  return node.node();
}

void TomlLoadPass::wrong(Key key, const std::string& expected) {
  const std::string path = path_of(key.name);
  wrong_.insert(path);
  problem(fmt::format("{} = {}: expected {}", origin(path),
                      spelled(*content_.table.at_path(path).node()), expected));
}

void TomlLoadPass::number(Key key, std::uint64_t& value, Range range) {
  const toml::node* node = given(key);
  if (node == nullptr) return;
  const auto number = whole(*node);
  if (!number || !inside(*number, range)) {
    return wrong(key, fmt::format("a whole number from {} to {}", range.low, range.high));
  }
  value = *number;
}

void TomlLoadPass::bytes(Key key, Bytes& value, Range range) {
  const toml::node* node = given(key);
  if (node == nullptr) return;
  const auto text = string_of(*node);
  const auto number = whole(*node);
  const auto size = text     ? parse_bytes(*text)
                    : number ? std::optional(Bytes(*number))
                             : std::nullopt;
  if (!size || !inside(size->value(), range)) {
    return wrong(key, fmt::format("a size from {} to {}, as in \"64KiB\"",
                                  format_bytes(Bytes(range.low)), format_bytes(Bytes(range.high))));
  }
  value = *size;
}

void TomlLoadPass::time(Key key, Picoseconds& value, Range range) {
  const toml::node* node = given(key);
  if (node == nullptr) return;
  const auto text = string_of(*node);
  const auto time = text ? parse_time(*text) : std::nullopt;
  if (!time || !inside(time->value(), range)) {
    return wrong(key, fmt::format("a time from {} to {}, as in \"13.75ns\"",
                                  format_time(Picoseconds(range.low)),
                                  format_time(Picoseconds(range.high))));
  }
  value = *time;
}

void TomlLoadPass::frequency(Key key, ClockPeriod& value, Range range) {
  const toml::node* node = given(key);
  if (node == nullptr) return;
  const auto text = string_of(*node);
  const auto hertz = text ? parse_hertz(*text) : std::nullopt;
  if (!hertz || !inside(*hertz, range)) {
    return wrong(key, fmt::format("a frequency from {} to {}, as in \"2GHz\"",
                                  format_hertz(range.low), format_hertz(range.high)));
  }
  value = ClockPeriod::from_hertz(*hertz);
}

void TomlLoadPass::flag(Key key, bool& value) {
  const toml::node* node = given(key);
  if (node == nullptr) return;
  const auto* flag = node->as_boolean();
  if (flag == nullptr) return wrong(key, "true or false");
  value = flag->get();
}

void TomlLoadPass::text(Key key, std::string& value) {
  const toml::node* node = given(key);
  if (node == nullptr) return;
  const auto text = string_of(*node);
  if (!text) return wrong(key, "a string");
  value = *text;
}

void TomlLoadPass::pick(Key key, std::int64_t& value, const std::vector<Option>& options) {
  const toml::node* node = given(key);
  if (node == nullptr) return;
  const auto text = string_of(*node);
  std::string names;
  for (const Option& option : options) {
    if (text && *text == option.name) {
      value = option.value;
      return;
    }
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", option.name);
  }
  wrong(key, "one of " + names);
}

void TomlLoadPass::page_sizes(Key key, PageSizeSet& value) {
  const toml::node* node = given(key);
  if (node == nullptr) return;
  std::string names;
  for (const auto& entry : kPageSizeNames) {
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", entry.name);
  }
  const std::string expected = "a list of at least one page size out of " + names;
  const toml::array* list = node->as_array();
  if (list == nullptr || list->empty()) return wrong(key, expected);
  PageSizeSet sizes;
  for (const auto& element : *list) {
    const auto text = string_of(element);
    const auto* known =
        std::find_if(std::begin(kPageSizeNames), std::end(kPageSizeNames),
                     [&](const auto& entry) { return text && *text == entry.name; });
    if (known == std::end(kPageSizeNames)) return wrong(key, expected);
    sizes = sizes.with(known->value);
  }
  value = sizes;
}

void TomlLoadPass::require(bool holds, std::string_view key, std::string_view message) {
  const std::string path = path_of(key);
  const bool active = std::all_of(conditions_.begin(), conditions_.end(),
                                  [](const Condition& c) { return c.active; });
  if (holds || !active || wrong_.count(path) != 0) return;
  const auto node = content_.table.at_path(path);
  const std::string value = node ? " = " + spelled(*node.node()) : "";
  problem(fmt::format("{}{}: {}", origin(path), value, message));
}

void TomlLoadPass::enter(Key key) {
  const std::string path = path_of(key.name);
  known_sections_.insert(path);
  const auto node = content_.table.at_path(path);
  if (node && !node.is_table()) wrong(key, "a section [" + path + "]");
  sections_.emplace_back(key.name);
}

void TomlLoadPass::leave() {
  sections_.pop_back();
}

void TomlLoadPass::begin_condition(bool active, std::string_view condition) {
  conditions_.push_back({active, std::string(condition)});
}

void TomlLoadPass::end_condition() {
  conditions_.pop_back();
}

std::string TomlLoadPass::suggestion(const std::string& path) const {
  ClosestName closest(path);
  for (const auto* names : {&known_, &known_sections_}) {
    for (const auto& name : *names) closest.offer(name);
  }
  return closest.question();
}

void TomlLoadPass::find_unknown(const toml::table& table, const std::string& prefix) {
  for (const auto& [key, node] : table) {
    const std::string path = prefix + std::string(key.str());
    if (known_.count(path) != 0) continue;
    if (known_sections_.count(path) != 0) {
      if (const toml::table* inner = node.as_table()) find_unknown(*inner, path + ".");
      continue;
    }
    problem(fmt::format("{}: no such {}{}", origin(path), node.is_table() ? "section" : "key",
                        suggestion(path)));
  }
}

void TomlLoadPass::finish() {
  find_unknown(content_.table, "");
  if (problems_.empty()) return;
  throw InputError(fmt::format("{}", fmt::join(problems_, "\n")));
}

}  // namespace tlmmu::config
