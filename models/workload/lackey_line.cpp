// SPDX-License-Identifier: Apache-2.0
#include "models/workload/lackey_line.h"

#include <charconv>
#include <optional>

namespace tlmmu::lackey {
namespace {

struct Prefix {
  std::string_view text;
  AccessType type;
  Then then;
};

constexpr Prefix kPrefixes[] = {
    {"I  ", AccessType::fetch, Then::nothing},
    {" L ", AccessType::load, Then::nothing},
    {" S ", AccessType::store, Then::nothing},
    {" M ", AccessType::load, Then::store},
};

/// Takes a number from the front of `text`; nothing, and `text` as it was, if there is none or if
/// it does not fit. std::from_chars takes no sign for unsigned numbers, no space and no "0x".
std::optional<std::uint64_t> take_number(std::string_view& text, int base) {
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (result.ec != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
  return value;
}

Line parse_record(const Prefix& prefix, std::string_view rest) {
  const std::optional<std::uint64_t> address = take_number(rest, 16);
  if (!address || rest.empty() || rest.front() != ',') {
    return Malformed{"a hexadecimal address of at most 64 bits and a comma after the access type"};
  }
  rest.remove_prefix(1);
  const std::optional<std::uint64_t> size = take_number(rest, 10);
  if (!size || !rest.empty() || *size < 1 || *size > kMostBytes) {
    return Malformed{"a size of 1 to 4096 bytes after the comma"};
  }
  if (*address + (*size - 1) < *address) {
    return Malformed{"an access that ends within the 64-bit address space"};
  }
  return Record{{VirtualAddress(*address), static_cast<std::uint32_t>(*size), prefix.type},
                prefix.then};
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

/// Blank, or ==pid== messages, --pid-- debugging, **pid** the program's own VALGRIND_PRINTF.
bool is_chatter(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos || begins_with(text, "==") ||
         begins_with(text, "--") || begins_with(text, "**");
}

}  // namespace

Line parse_line(std::string_view text) {
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  for (const Prefix& prefix : kPrefixes) {
    if (begins_with(text, prefix.text))
      return parse_record(prefix, text.substr(prefix.text.size()));
  }
  if (is_chatter(text)) return Chatter{};
  return Foreign{};
}

}  // namespace tlmmu::lackey
