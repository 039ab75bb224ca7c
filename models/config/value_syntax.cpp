// SPDX-License-Identifier: Apache-2.0
#include "models/config/value_syntax.h"

#include <fmt/format.h>

#include <array>
#include <limits>

namespace tlmmu::config {

namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

// Ascending factors; the first is the base unit.
constexpr std::array<Unit, 5> kByteUnits{{{"B", 1},
                                          {"KiB", 1ULL << 10U},
                                          {"MiB", 1ULL << 20U},
                                          {"GiB", 1ULL << 30U},
                                          {"TiB", 1ULL << 40U}}};
constexpr std::array<Unit, 5> kTimeUnits{
    {{"ps", 1}, {"ns", 1'000}, {"us", 1'000'000}, {"ms", 1'000'000'000}, {"s", 1'000'000'000'000}}};
constexpr std::array<Unit, 4> kHertzUnits{
    {{"Hz", 1}, {"kHz", 1'000}, {"MHz", 1'000'000}, {"GHz", 1'000'000'000}}};
constexpr std::array<Unit, 4> kCountUnits{
    {{"", 1}, {"k", 1'000}, {"M", 1'000'000}, {"G", 1'000'000'000}}};

__extension__ using Wide = unsigned __int128;

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A decimal number as numerator / 10^k, and what follows it.
struct Decimal {
  Wide numerator = 0;
  Wide denominator = 1;
  std::string_view rest;
};

std::optional<Decimal> parse_decimal(std::string_view text) {
  constexpr std::size_t kMaxDigits = 20;
  Decimal result;
  std::size_t digits = 0;
  std::size_t i = 0;
  bool fraction = false;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !fraction && i > 0) {
      fraction = true;
      continue;
    }
    if (!is_digit(text[i])) break;
    if (++digits > kMaxDigits) return std::nullopt;
    result.numerator = result.numerator * 10 + static_cast<unsigned>(text[i] - '0');
    if (fraction) result.denominator *= 10;
  }
  if (digits == 0 || text[i - 1] == '.') return std::nullopt;
  result.rest = text.substr(i);
  return result;
}

template <std::size_t N>
std::optional<std::uint64_t> parse_scaled(std::string_view text, const std::array<Unit, N>& units) {
  const auto decimal = parse_decimal(text);
  if (!decimal) return std::nullopt;
  for (const Unit& unit : units) {
    if (unit.name != decimal->rest) continue;
    const Wide scaled = decimal->numerator * unit.factor;
    if (scaled % decimal->denominator != 0) return std::nullopt;
    const Wide value = scaled / decimal->denominator;
    if (value > std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
    return static_cast<std::uint64_t>(value);
  }
  return std::nullopt;
}

/// The largest unit that divides `value` without a rest.
template <std::size_t N>
std::string format_scaled(std::uint64_t value, const std::array<Unit, N>& units) {
  for (std::size_t i = N; i-- > 1;) {
    if (value != 0 && value % units[i].factor == 0) {
      return fmt::format("{}{}", value / units[i].factor, units[i].name);
    }
  }
  return fmt::format("{}{}", value, units[0].name);
}

template <class Quantity, std::size_t N>
std::optional<Quantity> parse_quantity(std::string_view text, const std::array<Unit, N>& units) {
  const auto value = parse_scaled(text, units);
  if (!value) return std::nullopt;
  return Quantity(*value);
}

}  // namespace

std::optional<Bytes> parse_bytes(std::string_view text) {
  if (!text.empty() && is_digit(text.back())) return parse_quantity<Bytes>(text, kCountUnits);
  return parse_quantity<Bytes>(text, kByteUnits);
}

std::optional<Picoseconds> parse_time(std::string_view text) {
  return parse_quantity<Picoseconds>(text, kTimeUnits);
}

std::optional<std::uint64_t> parse_hertz(std::string_view text) {
  return parse_scaled(text, kHertzUnits);
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  return parse_scaled(text, kCountUnits);
}

std::string format_bytes(Bytes value) {
  return format_scaled(value.value(), kByteUnits);
}
std::string format_time(Picoseconds value) {
  return format_scaled(value.value(), kTimeUnits);
}
std::string format_hertz(std::uint64_t value) {
  return format_scaled(value, kHertzUnits);
}

}  // namespace tlmmu::config
