// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "models/workload/lackey_line.h"
#include "models/workload/little_endian.h"

namespace tlmmu::lackey {

/// The fast way through lines as lackey itself writes them: prefix, lower-case address of at least
/// 8 digits, comma, size, newline. Its branches hardly ever go another way than on the line before.
constexpr std::size_t kFirstDigits = 8;  ///< lackey pads addresses to this
constexpr std::size_t kMostDigits = 15;  ///< of an address; no sum with a size overflows then
constexpr std::size_t kMostSizeDigits = 4;
constexpr std::size_t kLongestCanonicalLine = 3 + kMostDigits + 1 + kMostSizeDigits + 1;

/// What a line does, by its first three characters.
struct Kind {
  std::uint64_t prefix;
  AccessType first;
  std::ptrdiff_t accesses;
};

constexpr std::uint64_t prefix_of(const char (&text)[4]) {
  return static_cast<std::uint64_t>(text[0]) | (static_cast<std::uint64_t>(text[1]) << 8U) |
         (static_cast<std::uint64_t>(text[2]) << 16U);
}

/// Three characters never match this.
constexpr Kind kNoKind{~std::uint64_t{0}, AccessType::load, 0};

/// Indexed by the low three bits of a line's second character, which tell the four kinds apart.
constexpr Kind kKinds[8] = {
    {prefix_of("I  "), AccessType::fetch, 1},
    kNoKind,
    kNoKind,
    {prefix_of(" S "), AccessType::store, 1},
    {prefix_of(" L "), AccessType::load, 1},
    {prefix_of(" M "), AccessType::load, 2},
    kNoKind,
    kNoKind,
};

constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> make_digit_values() {
  std::array<std::uint8_t, 256> values{};
  for (std::uint8_t& value : values) value = kNoDigit;
  for (std::uint8_t i = 0; i < 10; ++i) values[static_cast<std::size_t>('0' + i)] = i;
  for (std::uint8_t i = 10; i < 16; ++i) values[static_cast<std::size_t>('a' + i - 10)] = i;
  return values;
}
constexpr std::array<std::uint8_t, 256> kDigitValues = make_digit_values();

inline unsigned digit_value(char c) {
  return kDigitValues[static_cast<unsigned char>(c)];
}

/// A canonical line at `line`, where kLongestCanonicalLine bytes can be read. Writes its accesses
/// (two for a modify, else one; two must fit) to `out`, moves `out` behind them and returns the
/// start of the next line; null if the line is not canonical, whether valid or not.
inline const char* decode_canonical_line(const char* line, MemoryAccess*& out) {
  const Kind& kind = kKinds[static_cast<unsigned char>(line[1]) % 8U];
  if ((load_word(line) & 0xffffffU) != kind.prefix) return nullptr;

  const char* const digits = line + 3;
  std::uint64_t address = 0;
  unsigned seen = 0;
  for (std::size_t i = 0; i < kFirstDigits; ++i) {
    const unsigned value = digit_value(digits[i]);
    seen |= value;
    address = address << 4U | value;
  }
  if (seen > 15) return nullptr;
  const char* at = digits + kFirstDigits;
  for (; *at != ','; ++at) {
    const unsigned value = digit_value(*at);
    if (value > 15 || at == digits + kMostDigits) return nullptr;
    address = address << 4U | value;
  }

  const char* const size_digits = ++at;
  std::uint32_t size = 0;
  for (; *at != '\n'; ++at) {
    const unsigned value = digit_value(*at);
    if (value > 9 || at == size_digits + kMostSizeDigits) return nullptr;
    size = size * 10 + value;
  }
  if (size - 1 >= kMostBytes) return nullptr;

  out[0] = {VirtualAddress(address), size, kind.first};
  out[1] = {VirtualAddress(address), size, AccessType::store};
  out += kind.accesses;
  return at + 1;
}

}  // namespace tlmmu::lackey
