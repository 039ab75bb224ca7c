// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/config/visitor.h"

namespace tlmmu::config {

/// One declared key with its value, as every listing needs it.
struct DeclaredKey {
  std::string section;  ///< dotted, empty for the root
  std::string name;
  std::string
      type;  ///< "integer", "size", "time", "frequency", "boolean", "string", "choice", "list"
  std::string value;    ///< as TOML
  std::string allowed;  ///< range or names, for people
  std::string help;
  std::string condition;             ///< empty, or what must hold for the key to have an effect
  bool active = true;                ///< whether the condition holds
  std::vector<std::string> options;  ///< names of a choice or list
  Range range{0, 0};                 ///< of an integer, in the key's unit

  std::string path() const { return section.empty() ? name : section + "." + name; }
};

struct DeclaredSection {
  std::string path;
  std::string help;
};

/// Collects the declarations of a configuration in their order.
class Listing : public Visitor {
 public:
  template <class Root>
  explicit Listing(const Root& root) {
    Root copy = root;
    copy.describe(*this);
  }

  const std::vector<DeclaredKey>& keys() const { return keys_; }
  const std::vector<DeclaredSection>& sections() const { return sections_; }

  void number(Key key, std::uint64_t& value, Range range) override;
  void bytes(Key key, Bytes& value, Range range) override;
  void time(Key key, Picoseconds& value, Range range) override;
  void frequency(Key key, ClockPeriod& value, Range range) override;
  void flag(Key key, bool& value) override;
  void text(Key key, std::string& value) override;
  void page_sizes(Key key, PageSizeSet& value) override;
  void require(bool, std::string_view, std::string_view) override {}

 protected:
  void enter(Key key) override;
  void leave() override;
  void pick(Key key, std::int64_t& value, const std::vector<Option>& options) override;
  void begin_condition(bool active, std::string_view condition) override;
  void end_condition() override;

 private:
  DeclaredKey& add(Key key, const char* type, std::string value, std::string allowed);

  std::vector<DeclaredKey> keys_;
  std::vector<DeclaredSection> sections_;
  std::vector<std::string> path_;
  struct Condition {
    bool active;
    std::string text;
  };
  std::vector<Condition> conditions_;
};

/// A complete TOML file with every active key, its value and a comment; loads back to the same
/// values.
std::string to_toml(const Listing& listing);
/// A JSON Schema (draft 2020-12) of the configuration.
std::string to_json_schema(const Listing& listing);
/// The Markdown table of one section for the docs: key, default, allowed values, meaning.
std::string to_markdown(const Listing& listing, const std::string& section);

}  // namespace tlmmu::config
