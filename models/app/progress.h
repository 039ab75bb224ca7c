// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace tlmmu {

/// A line on standard error that says how far a long run is: only on a terminal, only after a
/// second, redrawn a few times a second. Costs a counter per call of update() otherwise.
class Progress {
 public:
  enum class Wanted : std::uint8_t { if_terminal, never };
  explicit Progress(Wanted wanted);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Takes the line away.
  ~Progress();

  struct State {
    std::uint64_t accesses = 0;
    std::optional<double> fraction;  ///< of the input; empty if its length is unknown
  };

  /// `state()` is called only when the line is due.
  template <class StateFunction>
  void update(StateFunction state) {
    if (!on_ || ++calls_ % kCallsPerClock != 0) return;
    const auto now = Clock::now();
    if (now < due_) return;
    due_ = now + kInterval;
    draw(state(), now);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::uint64_t kCallsPerClock = 64;
  static constexpr std::chrono::milliseconds kInterval{200};

  void draw(const State& state, Clock::time_point now);

  bool on_;
  bool drawn_ = false;
  std::uint64_t calls_ = 0;
  Clock::time_point start_;
  Clock::time_point due_;
};

}  // namespace tlmmu
