// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/enum_names.h"
#include "models/base/page_size.h"
#include "models/base/quantity.h"

namespace tlmmu::config {

/// What every key has: its name inside its section, and one sentence for people.
struct Key {
  std::string_view name;
  std::string_view help;
};

/// Allowed values, both ends included, in the unit of the key (a count, bytes, picoseconds, hertz).
struct Range {
  std::uint64_t low;
  std::uint64_t high;
};

/// One name of an enumerated key and the number behind it.
struct Option {
  std::string_view name;
  std::int64_t value;
};

/// A configuration struct declares its keys once, in `void describe(Visitor&)`; the loader, the
/// printer, the schema, the docs table and the liveness test are visitors.
///
///     struct TlbConfig {
///       std::uint64_t entries = 64;
///       void describe(config::Visitor& v) {
///         v.number({"entries", "translations held"}, entries, {1, 1U << 20U});
///         v.require(entries % ways == 0, "ways", "must divide entries");
///       }
///     };
class Visitor {
 public:
  Visitor() = default;
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;
  virtual ~Visitor() = default;

  /// A subsection: its keys are `key.name.*`.
  template <class Section>
  void section(Key key, Section& content) {
    enter(key);
    content.describe(*this);
    leave();
  }

  virtual void number(Key key, std::uint64_t& value, Range range) = 0;
  void number(Key key, unsigned& value, Range range);
  void number(Key key, Cycles& value, Range range);
  virtual void bytes(Key key, Bytes& value, Range range) = 0;       ///< "4MiB", or a plain number
  virtual void time(Key key, Picoseconds& value, Range range) = 0;  ///< "13.75ns", with a unit
  virtual void frequency(Key key, ClockPeriod& value, Range range) = 0;  ///< "2GHz"; range in hertz
  virtual void flag(Key key, bool& value) = 0;
  virtual void text(Key key, std::string& value) = 0;

  /// One of an enumeration's names.
  template <class Enum, unsigned long N>
  void choice(Key key, Enum& value, const EnumName<Enum> (&names)[N]) {
    auto number = static_cast<std::int64_t>(value);
    pick(key, number, options(names));
    value = static_cast<Enum>(number);
  }

  /// A list of page sizes, at least one.
  virtual void page_sizes(Key key, PageSizeSet& value) = 0;

  /// Keys that mean something only if `active`. A given key that is not active is an error that
  /// names `condition`; the schema and the docs visit the body either way.
  void when(bool active, std::string_view condition, const std::function<void()>& body);

  /// A rule across keys; `message` says what `key` must be. Checked once the file is read.
  virtual void require(bool holds, std::string_view key, std::string_view message) = 0;

  /// True while values are being read: the moment to let a preset set its sibling keys' defaults.
  virtual bool loading() const { return false; }

 protected:
  virtual void enter(Key key) = 0;
  virtual void leave() = 0;
  virtual void pick(Key key, std::int64_t& value, const std::vector<Option>& options) = 0;
  virtual void begin_condition(bool active, std::string_view condition) = 0;
  virtual void end_condition() = 0;

 private:
  template <class Enum, unsigned long N>
  static std::vector<Option> options(const EnumName<Enum> (&names)[N]) {
    std::vector<Option> result;
    for (const auto& entry : names) {
      result.push_back({entry.name, static_cast<std::int64_t>(entry.value)});
    }
    return result;
  }
};

}  // namespace tlmmu::config
