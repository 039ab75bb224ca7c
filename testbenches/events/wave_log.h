// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "models/events/wave_writer.h"

namespace tlmmu::events {

/// Text of all calls of a WaveWriter, for tests: scopes and declarations, then one line for each
/// change, "time full.name=value" (states by name).
struct WaveLog {
  std::vector<std::string> declared;
  std::vector<std::string> changes;
  std::uint64_t last_time = 0;
  bool closed = false;

  /// The changes of one signal, "time=value", without the initial value.
  std::vector<std::string> of(const std::string& signal) const {
    std::vector<std::string> result;
    for (const std::string& change : changes) {
      const auto space = change.find(' ');
      const auto equals = change.find('=');
      if (change.substr(space + 1, equals - space - 1) == signal) {
        result.push_back(change.substr(0, space) + change.substr(equals));
      }
    }
    if (!result.empty()) result.erase(result.begin());
    return result;
  }
};

/// A WaveWriter that fills a log, which must outlive it.
class LoggingWriter : public WaveWriter {
 public:
  explicit LoggingWriter(WaveLog& log) : log_(log) {}

  void enter_scope(std::string_view name) override { scopes_.emplace_back(name); }
  void leave_scope() override { scopes_.pop_back(); }
  void declare(SignalHandle handle, const SignalDeclaration& declaration) override {
    std::string name;
    for (const std::string& scope : scopes_) name += scope + ".";
    name += declaration.name;
    log_.declared.push_back(name);
    const auto number = static_cast<std::size_t>(handle);
    if (names_.size() <= number) {
      names_.resize(number + 1);
      states_.resize(number + 1);
    }
    names_[number] = name;
    states_[number] = declaration.states;
  }
  void advance(Picoseconds now) override { log_.last_time = now.value(); }
  void write_number(SignalHandle signal, std::uint64_t value) override {
    const StateNames* states = states_[static_cast<std::size_t>(signal)];
    write(signal, states != nullptr ? states->values[value] : std::to_string(value));
  }
  void write_text(SignalHandle signal, std::string_view value) override {
    write(signal, std::string(value));
  }
  void close() override { log_.closed = true; }

 private:
  void write(SignalHandle signal, const std::string& value) {
    log_.changes.push_back(std::to_string(log_.last_time) + " " +
                           names_[static_cast<std::size_t>(signal)] + "=" + value);
  }

  WaveLog& log_;
  std::vector<std::string> scopes_;
  std::vector<std::string> names_;
  std::vector<const StateNames*> states_;
};

}  // namespace tlmmu::events
