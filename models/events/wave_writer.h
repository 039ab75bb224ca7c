// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "models/base/quantity.h"

namespace tlmmu::events {

/// How a wave viewer shows a signal.
enum class SignalType : std::uint8_t {
  number,  ///< an unsigned number of some bits
  state,   ///< one of a few names
  text,    ///< any text; the empty text is an idle line
};

/// The names of a state signal's values 0, 1, 2, ...
struct StateNames {
  const char* name;
  const char* const* values;
  unsigned count;
};

/// What a wave file is told about a signal before the first change.
struct SignalDeclaration {
  const char* name;
  SignalType type;
  unsigned bits;             ///< of a number: 1 to 64
  const StateNames* states;  ///< of a state
};

/// A signal of a file; signals count from 0.
enum class SignalHandle : std::uint32_t {};

/// Writes one wave file; times are in picoseconds. The order of calls is: scopes and declarations,
/// then for each moment advance() and its changes, then close(). The file appears when it is
/// closed, complete; a writer that is destroyed before leaves nothing.
class WaveWriter {
 public:
  WaveWriter() = default;
  WaveWriter(const WaveWriter&) = delete;
  WaveWriter& operator=(const WaveWriter&) = delete;
  virtual ~WaveWriter() = default;

  virtual void enter_scope(std::string_view name) = 0;
  virtual void leave_scope() = 0;
  /// Declares `signal` in the scope that is open. Each one comes once, in any order.
  virtual void declare(SignalHandle signal, const SignalDeclaration& declaration) = 0;

  /// What is written next happens at `now`, which never runs backwards.
  virtual void advance(Picoseconds now) = 0;
  /// A new value of a number or state.
  virtual void write_number(SignalHandle signal, std::uint64_t value) = 0;
  virtual void write_text(SignalHandle signal, std::string_view value) = 0;

  /// Completes the file. Throws HostError if it could not be written.
  virtual void close() = 0;
};

/// Opens a file for the format that its ending names: .fst or .vcd. Throws InputError for another
/// ending, for a format that this build lacks, and for a place that cannot be written.
std::unique_ptr<WaveWriter> open_wave_file(const std::string& path);

}  // namespace tlmmu::events
