// SPDX-License-Identifier: Apache-2.0
#include "models/reference/case_fields.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "models/base/bits.h"
#include "models/base/error.h"
#include "models/base/quote_bytes.h"

namespace tlmmu::reference {

namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

/// Decimal, 0x hexadecimal or 0 octal, without a sign.
std::optional<std::uint64_t> c_number(std::string_view text) {
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const bool hexadecimal = text[1] == 'x' || text[1] == 'X';
    base = hexadecimal ? 16 : 8;
    text.remove_prefix(hexadecimal ? 2 : 1);
  }
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace

CaseFields::CaseFields(std::string where, std::string_view text)
    : where_(std::move(where)), rest_(trimmed(text.substr(0, text.find('#')))) {}

std::string_view CaseFields::word(std::string_view expected) {
  if (at_end()) {
    throw InputError(fmt::format("{}: found the end of the line, expected {}", where_, expected));
  }
  const std::string_view taken = first_word();
  rest_ = trimmed(rest_.substr(taken.size()));
  return taken;
}

std::string_view CaseFields::first_word() const {
  return rest_.substr(0, rest_.find_first_of(kBlanks));
}

bool CaseFields::skip(std::string_view wanted) {
  if (first_word() != wanted) return false;
  rest_ = trimmed(rest_.substr(wanted.size()));
  return true;
}

std::uint64_t CaseFields::number(std::string_view expected, unsigned bits) {
  const std::string complete =
      fmt::format("{}: a number of at most {} bits in C notation", expected, bits);
  const std::string_view text = word(complete);
  const auto number = c_number(text);
  if (!number || *number > low_mask(bits)) fail_at(text, complete);
  return *number;
}

void CaseFields::end() {
  if (!at_end()) fail_at(rest_, "the end of the line");
}

void CaseFields::fail_at(std::string_view found, std::string_view expected) const {
  throw InputError(fmt::format("{}: found {}, expected {}", where_, quote_bytes(found), expected));
}

}  // namespace tlmmu::reference
