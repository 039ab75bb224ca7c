// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/config/document.h"

namespace tlmmu::config {

/// The merged layers, and where each key came from.
struct TomlContent {
  toml::table table;
  std::string file_name;                       ///< of the file layer; empty without one
  std::map<std::string, std::string> origins;  ///< of keys set one by one: "--set mmu.mode"
};

/// Reads each visited key from the merged document.
class TomlLoadPass : public LoadPass {
 public:
  explicit TomlLoadPass(const TomlContent& content) : content_(content) {}

  void number(Key key, std::uint64_t& value, Range range) override;
  void bytes(Key key, Bytes& value, Range range) override;
  void time(Key key, Picoseconds& value, Range range) override;
  void frequency(Key key, ClockPeriod& value, Range range) override;
  void flag(Key key, bool& value) override;
  void text(Key key, std::string& value) override;
  void page_sizes(Key key, PageSizeSet& value) override;
  void require(bool holds, std::string_view key, std::string_view message) override;
  bool loading() const override { return true; }
  void finish() override;

 protected:
  void enter(Key key) override;
  void leave() override;
  void pick(Key key, std::int64_t& value, const std::vector<Option>& options) override;
  void begin_condition(bool active, std::string_view condition) override;
  void end_condition() override;

 private:
  /// The node of `key` if it is given and has an effect here; marks it as known.
  const toml::node* given(Key key);
  std::string path_of(std::string_view key) const;
  /// "machine.toml:12: mmu.l2_tlb.entries" or "--set mmu.l2_tlb.entries".
  std::string origin(const std::string& path) const;
  void wrong(Key key, const std::string& expected);
  void problem(std::string text) { problems_.push_back(std::move(text)); }
  void find_unknown(const toml::table& table, const std::string& prefix);
  std::string suggestion(const std::string& path) const;

  const TomlContent& content_;
  std::vector<std::string> sections_;
  struct Condition {
    bool active;
    std::string text;
  };
  std::vector<Condition> conditions_;
  std::set<std::string> known_;           ///< every visited key
  std::set<std::string> known_sections_;  ///< every visited section
  std::set<std::string> wrong_;           ///< keys that already have a problem
  std::vector<std::string> problems_;
};

}  // namespace tlmmu::config
