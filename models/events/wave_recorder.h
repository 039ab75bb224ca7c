// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/events/wave_writer.h"

namespace tlmmu::events {

/// Puts the changes of signals, which come from units with clocks of their own, into one order and
/// writes each one that changes something. Of several changes of a signal at one moment the last
/// one counts.
class WaveRecorder {
 public:
  /// Holds back at most `most_pending` changes for advance_to(): then the older half is taken as
  /// final.
  explicit WaveRecorder(WaveWriter& writer, std::size_t most_pending = std::size_t{1} << 20U)
      : writer_(writer), most_pending_(most_pending) {}

  /// A new signal; it starts as 0 or empty. It must be declared to the writer before begin().
  SignalHandle add(SignalType type);
  std::uint32_t signals() const { return static_cast<std::uint32_t>(lines_.size()); }
  /// All signals have been declared: from now on changes may be written.
  void begin();

  void set(Picoseconds at, SignalHandle signal, std::uint64_t value);
  void set_text(Picoseconds at, SignalHandle signal, std::string_view value);

  /// As set and set_text, but at `until` the signal falls back to `after` or to the empty text,
  /// unless it is set again before or at that moment. Changes of one signal come in order.
  void pulse(Picoseconds at, Picoseconds until, SignalHandle signal, std::uint64_t value,
             std::uint64_t after);
  void pulse_text(Picoseconds at, Picoseconds until, SignalHandle signal, std::string_view value);

  /// Promises that no change before `now` will come any more; they are written, now or later.
  void advance_to(Picoseconds now);
  /// Writes all that is left. What was waiting to fall back does so.
  void finish(Picoseconds end);

  /// Changes that came after a later moment had been written; they were moved to that moment. 0
  /// where every unit kept its promise.
  std::uint64_t late_changes() const { return late_changes_; }

 private:
  struct Change {
    Picoseconds at;
    SignalHandle signal;
    std::uint32_t text;  ///< index into texts_; 0 for numbers
    std::uint64_t number;
  };
  struct Line {  ///< one signal
    SignalType type;
    bool falls_back = false;
    bool dirty = false;
    Picoseconds fall_back_at;
    std::uint64_t fall_back_to = 0;
    std::uint64_t number = 0, written_number = 0;
    std::string text, written_text;
  };

  Line& line(SignalHandle signal) { return lines_[static_cast<std::size_t>(signal)]; }
  void release(Picoseconds at, SignalHandle signal);
  void push(Picoseconds at, SignalHandle signal, std::uint64_t number);
  std::uint32_t keep_text(std::string_view text);
  void fall_back_before(Picoseconds limit);
  void write_before(Picoseconds limit);
  void sort_pending();
  void apply(const Change& change);
  void write_moment(Picoseconds at);
  void move_to(Picoseconds at);
  void write(SignalHandle signal);
  void limit_memory();

  WaveWriter& writer_;
  std::size_t most_pending_;
  std::vector<Line> lines_;
  std::vector<Change> pending_;
  std::vector<std::string> texts_{1};  // number 0 is the empty text
  std::vector<std::uint32_t> free_texts_;
  std::vector<SignalHandle> dirty_;
  Picoseconds written_until_;  ///< where the writer is
  bool begun_ = false;
  std::uint64_t late_changes_ = 0;
};

}  // namespace tlmmu::events
