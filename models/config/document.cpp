// SPDX-License-Identifier: Apache-2.0
#include "models/config/document.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "models/base/error.h"
#include "models/config/text_input.h"
#include "models/config/toml_load_pass.h"

namespace tlmmu::config {

namespace {

/// The right side of `--set`: TOML if it is TOML, else a bare word ("4MiB", "lru").
toml::table parse_value(std::string_view text) {
  const bool one_line = text.find_first_of("\n\r") == std::string_view::npos;
  if (one_line) {
    try {
      auto table = toml::parse(fmt::format("v = {}", text));
      if (table.size() == 1) return table;
    } catch (const toml::parse_error&) {  // a bare word, handled below
    }
  }
  return toml::table{{"v", std::string(text)}};
}

std::vector<std::string> split_key(std::string_view key) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : key) {
    if (c == '.') {
      parts.push_back(std::exchange(part, {}));
    } else {
      part += c;
    }
  }
  parts.push_back(part);
  return parts;
}

bool is_key(const std::string& text) {
  const auto parts = split_key(text);
  return std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part.empty(); });
}

}  // namespace

struct Document::Content {
  TomlContent toml;
};

Document::Document() : content_(std::make_unique<Content>()) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

void Document::read_file(const std::string& path) {
  read_text(read_text_file(path, "a TOML configuration"), path);
}

void Document::read_text(std::string_view text, const std::string& name) {
  try {
    content_->toml.table = toml::parse(text);
    content_->toml.file_name = name;
  } catch (const toml::parse_error& error) {
    throw InputError(fmt::format("{}:{}:{}: not TOML: {}", name, error.source().begin.line,
                                 error.source().begin.column, error.description()));
  }
}

void Document::set(std::string_view assignment) {
  const auto equals = assignment.find('=');
  const std::string key(assignment.substr(0, equals));
  if (equals == std::string_view::npos || !is_key(key)) {
    throw InputError(
        fmt::format("--set {}: expected KEY=VALUE, as in mmu.l2_tlb.entries=2048", assignment));
  }
  insert(fmt::format("--set {}", key), key, assignment.substr(equals + 1));
}

void Document::set_at(const std::string& place, const std::string& key, std::string_view value) {
  if (!is_key(key)) throw InputError(fmt::format("{}: \"{}\" is no key", place, key));
  insert(fmt::format("{}: {}", place, key), key, value);
}

void Document::insert(const std::string& origin, const std::string& key, std::string_view text) {
  const auto parts = split_key(key);
  toml::table* table = &content_->toml.table;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    auto [slot, inserted] = table->emplace<toml::table>(parts[i]);
    (void)inserted;
    table = slot->second.as_table();
    if (table == nullptr) {
      throw InputError(fmt::format("{}: '{}' is a key, not a section", origin, parts[i]));
    }
  }
  auto value = parse_value(text);
  table->insert_or_assign(parts.back(), std::move(*value.get("v")));
  content_->toml.origins[key] = origin;
}

std::unique_ptr<LoadPass> Document::start() const {
  return std::make_unique<TomlLoadPass>(content_->toml);
}

}  // namespace tlmmu::config
