// SPDX-License-Identifier: Apache-2.0
#include "models/config/listing.h"

#include <fmt/format.h>

#include "models/config/value_syntax.h"

namespace tlmmu::config {

namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, "."));
}

}  // namespace

DeclaredKey& Listing::add(Key key, const char* type, std::string value, std::string allowed) {
  DeclaredKey declared;
  declared.section = joined(path_);
  declared.name = key.name;
  declared.type = type;
  declared.value = std::move(value);
  declared.allowed = std::move(allowed);
  declared.help = key.help;
  for (const Condition& condition : conditions_) {
    declared.active = declared.active && condition.active;
    if (!declared.condition.empty()) declared.condition += " and ";
    declared.condition += condition.text;
  }
  return keys_.emplace_back(std::move(declared));
}

void Listing::number(Key key, std::uint64_t& value, Range range) {
  add(key, "integer", fmt::format("{}", value), fmt::format("{} to {}", range.low, range.high))
      .range = range;
}

void Listing::bytes(Key key, Bytes& value, Range range) {
  add(key, "size", quoted(format_bytes(value)),
      fmt::format("{} to {}", format_bytes(Bytes(range.low)), format_bytes(Bytes(range.high))));
}

void Listing::time(Key key, Picoseconds& value, Range range) {
  add(key, "time", quoted(format_time(value)),
      fmt::format("{} to {}", format_time(Picoseconds(range.low)),
                  format_time(Picoseconds(range.high))));
}

void Listing::frequency(Key key, ClockPeriod& value, Range range) {
  add(key, "frequency", quoted(format_hertz(value.hertz())),
      fmt::format("{} to {}", format_hertz(range.low), format_hertz(range.high)));
}

void Listing::flag(Key key, bool& value) {
  add(key, "boolean", value ? "true" : "false", "true, false");
}

void Listing::text(Key key, std::string& value) {
  add(key, "string", quoted(value), "any string");
}

void Listing::page_sizes(Key key, PageSizeSet& value) {
  std::vector<std::string> held;
  std::vector<std::string> names;
  for (const auto& entry : kPageSizeNames) {
    names.emplace_back(entry.name);
    if (value.contains(entry.value)) held.push_back(quoted(entry.name));
  }
  add(key, "list", fmt::format("[{}]", fmt::join(held, ", ")),
      fmt::format("a list of {}", fmt::join(names, ", ")))
      .options = names;
}

void Listing::pick(Key key, std::int64_t& value, const std::vector<Option>& options) {
  std::string chosen;
  std::vector<std::string> names;
  for (const Option& option : options) {
    names.emplace_back(option.name);
    if (option.value == value) chosen = option.name;
  }
  add(key, "choice", quoted(chosen), fmt::format("{}", fmt::join(names, ", "))).options = names;
}

void Listing::enter(Key key) {
  path_.emplace_back(key.name);
  sections_.push_back({joined(path_), std::string(key.help)});
}

void Listing::leave() {
  path_.pop_back();
}

void Listing::begin_condition(bool active, std::string_view condition) {
  conditions_.push_back({active, std::string(condition)});
}

void Listing::end_condition() {
  conditions_.pop_back();
}

std::string to_toml(const Listing& listing) {
  std::string text;
  for (const DeclaredSection& section : listing.sections()) {
    std::string body;
    for (const DeclaredKey& key : listing.keys()) {
      if (key.section != section.path || !key.active) continue;
      const std::string line = fmt::format("{} = {}", key.name, key.value);
      body += fmt::format("{:<36} # {}\n", line, key.help);
    }
    if (body.empty()) continue;
    text +=
        fmt::format("{}# {}\n[{}]\n{}", text.empty() ? "" : "\n", section.help, section.path, body);
  }
  return text;
}

std::string to_markdown(const Listing& listing, const std::string& section) {
  std::string text = "| key | default | allowed | meaning |\n|---|---|---|---|\n";
  for (const DeclaredKey& key : listing.keys()) {
    if (key.section != section) continue;
    const std::string only =
        key.condition.empty() ? "" : fmt::format(" (only with `{}`)", key.condition);
    text += fmt::format("| `{}` | `{}` | {} | {}{} |\n", key.name, key.value, key.allowed, key.help,
                        only);
  }
  return text;
}

}  // namespace tlmmu::config
