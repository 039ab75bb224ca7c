// SPDX-License-Identifier: Apache-2.0
#include "models/events/wave_recorder.h"

#include <algorithm>
#include <limits>

namespace tlmmu::events {
namespace {

// Sorting many changes at once is cheaper than many sorts of a few.
constexpr std::size_t kBatch = 8'192;
constexpr Picoseconds kEndOfTime{std::numeric_limits<std::uint64_t>::max()};

}  // namespace

SignalHandle WaveRecorder::add(SignalType type) {
  Line line{};
  line.type = type;
  lines_.push_back(line);
  return static_cast<SignalHandle>(lines_.size() - 1);
}

void WaveRecorder::begin() {
  begun_ = true;
  writer_.advance(written_until_);
  for (std::size_t number = 0; number < lines_.size(); ++number) {
    write(static_cast<SignalHandle>(number));
  }
}

void WaveRecorder::set(Picoseconds at, SignalHandle signal, std::uint64_t value) {
  release(at, signal);
  push(at, signal, value);
}

void WaveRecorder::set_text(Picoseconds at, SignalHandle signal, std::string_view value) {
  release(at, signal);
  pending_.push_back({at, signal, keep_text(value), 0});
  limit_memory();
}

void WaveRecorder::pulse(Picoseconds at, Picoseconds until, SignalHandle signal,
                         std::uint64_t value, std::uint64_t after) {
  set(at, signal, value);
  line(signal).falls_back = true;
  line(signal).fall_back_at = until;
  line(signal).fall_back_to = after;
}

void WaveRecorder::pulse_text(Picoseconds at, Picoseconds until, SignalHandle signal,
                              std::string_view value) {
  set_text(at, signal, value);
  line(signal).falls_back = true;
  line(signal).fall_back_at = until;
}

/// A signal is set at `at`: if it should have fallen back before, it does.
void WaveRecorder::release(Picoseconds at, SignalHandle signal) {
  Line& pulsed = line(signal);
  if (!pulsed.falls_back) return;
  pulsed.falls_back = false;
  if (pulsed.fall_back_at < at) push(pulsed.fall_back_at, signal, pulsed.fall_back_to);
}

void WaveRecorder::push(Picoseconds at, SignalHandle signal, std::uint64_t number) {
  pending_.push_back({at, signal, 0, number});
  limit_memory();
}

std::uint32_t WaveRecorder::keep_text(std::string_view text) {
  if (text.empty()) return 0;
  if (free_texts_.empty()) {
    texts_.emplace_back(text);
    return static_cast<std::uint32_t>(texts_.size() - 1);
  }
  const std::uint32_t slot = free_texts_.back();
  free_texts_.pop_back();
  texts_[slot] = text;
  return slot;
}

void WaveRecorder::advance_to(Picoseconds now) {
  if (pending_.size() >= kBatch) write_before(now);
}

void WaveRecorder::finish(Picoseconds end) {
  write_before(kEndOfTime);
  move_to(end);
}

/// Lets every signal fall back whose time for it has come before `limit`.
void WaveRecorder::fall_back_before(Picoseconds limit) {
  for (std::size_t number = 0; number < lines_.size(); ++number) {
    Line& pulsed = lines_[number];
    if (!pulsed.falls_back || !(pulsed.fall_back_at < limit)) continue;
    pulsed.falls_back = false;
    pending_.push_back(
        {pulsed.fall_back_at, static_cast<SignalHandle>(number), 0, pulsed.fall_back_to});
  }
}

void WaveRecorder::write_before(Picoseconds limit) {
  fall_back_before(limit);
  sort_pending();
  std::size_t done = 0;
  while (done < pending_.size() && pending_[done].at < limit) {
    const Picoseconds at = std::max(pending_[done].at, written_until_);
    for (; done < pending_.size() && pending_[done].at <= at; ++done) {
      if (pending_[done].at < written_until_) ++late_changes_;
      apply(pending_[done]);
    }
    write_moment(at);
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(done));
}

/// Stable: changes of one moment stay in the order in which they came.
void WaveRecorder::sort_pending() {
  std::stable_sort(pending_.begin(), pending_.end(),
                   [](const Change& a, const Change& b) { return a.at < b.at; });
}

void WaveRecorder::apply(const Change& change) {
  Line& changed = line(change.signal);
  if (changed.type == SignalType::text) {
    changed.text = texts_[change.text];
    if (change.text != 0) free_texts_.push_back(change.text);
  } else {
    changed.number = change.number;
  }
  if (!changed.dirty) dirty_.push_back(change.signal);
  changed.dirty = true;
}

/// Writes what differs from what the file says.
void WaveRecorder::write_moment(Picoseconds at) {
  for (const SignalHandle signal : dirty_) {
    Line& changed = line(signal);
    changed.dirty = false;
    if (changed.number == changed.written_number && changed.text == changed.written_text) continue;
    move_to(at);
    write(signal);
  }
  dirty_.clear();
}

void WaveRecorder::move_to(Picoseconds at) {
  if (!(written_until_ < at)) return;
  writer_.advance(at);
  written_until_ = at;
}

void WaveRecorder::write(SignalHandle signal) {
  Line& written = line(signal);
  if (written.type == SignalType::text) {
    writer_.write_text(signal, written.text);
    written.written_text = written.text;
  } else {
    writer_.write_number(signal, written.number);
    written.written_number = written.number;
  }
}

void WaveRecorder::limit_memory() {
  if (!begun_ || pending_.size() < most_pending_) return;
  sort_pending();
  write_before(pending_[pending_.size() / 2].at + Picoseconds(1));
}

}  // namespace tlmmu::events
