// SPDX-License-Identifier: Apache-2.0
#include "models/app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace tlmmu {

namespace {

constexpr std::chrono::seconds kSilence{1};
constexpr int kBarWidth = 30;

std::string bar(double fraction) {
  const int filled = static_cast<int>(fraction * kBarWidth);
  return fmt::format("[{:=<{}}{: <{}}] {:3.0f} %", "", filled, "", kBarWidth - filled,
                     fraction * 100);
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(Wanted wanted)
    : on_(wanted == Wanted::if_terminal && ::isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      due_(start_ + kSilence) {}

Progress::~Progress() {
  if (drawn_) fmt::print(stderr, "\r\033[K");
}

void Progress::draw(const State& state, Clock::time_point now) {
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(state.accesses) / seconds;
  std::string line = fmt::format("{:.1f} M accesses, {:.1f} M/s",
                                 static_cast<double>(state.accesses) / 1e6, rate / 1e6);
  if (state.fraction && *state.fraction > 0) {
    line = fmt::format("{}  {}  {} left", bar(*state.fraction), line,
                       clock_text(seconds / *state.fraction - seconds));
  }
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace tlmmu
