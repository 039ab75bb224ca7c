// SPDX-License-Identifier: Apache-2.0
#include "models/app/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace tlmmu::text {

namespace {

struct Scale {
  double factor;
  const char* unit;
};

/// `value` in the largest unit that leaves it at 1 or more.
template <std::size_t N>
std::string scaled(std::uint64_t value, const std::array<Scale, N>& scales) {
  const auto number = static_cast<double>(value);
  const Scale* chosen = &scales[0];
  for (const Scale& scale : scales) {
    if (number >= scale.factor) chosen = &scale;
  }
  return fmt::format("{:.3g} {}", number / chosen->factor, chosen->unit);
}

}  // namespace

std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, ",");
  return digits;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  return fmt::format("{:.2f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string quotient(std::uint64_t numerator, std::uint64_t denominator) {
  if (denominator == 0) return "-";
  return fmt::format("{:.2f}", static_cast<double>(numerator) / static_cast<double>(denominator));
}

std::string time(std::uint64_t picoseconds) {
  static constexpr std::array<Scale, 5> kScales{
      {{1, "ps"}, {1e3, "ns"}, {1e6, "us"}, {1e9, "ms"}, {1e12, "s"}}};
  return scaled(picoseconds, kScales);
}

std::string bytes(std::uint64_t count) {
  static constexpr std::array<Scale, 4> kScales{
      {{1, "B"}, {1024.0, "KiB"}, {1024.0 * 1024, "MiB"}, {1024.0 * 1024 * 1024, "GiB"}}};
  return scaled(count, kScales);
}

std::string bar(std::uint64_t part, std::uint64_t whole, unsigned width) {
  if (part == 0 || whole == 0) return "";
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  const auto length = static_cast<std::size_t>(std::lround(share * width));
  return length == 0 ? "." : std::string(std::min<std::size_t>(length, width), '#');
}

}  // namespace tlmmu::text
