// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/token_stream.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "models/base/error.h"
#include "models/base/quote_bytes.h"
#include "models/config/value_syntax.h"

namespace tlmmu::scenario {

namespace {

using Kind = Token::Kind;

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 56U;
constexpr const char* kSize = "a size, as in 4096, 64KiB or 16 pages";

std::string describe(const Token& token) {
  switch (token.kind) {
    case Kind::line_end:
      return "the end of the line";
    case Kind::file_end:
      return "the end of the file";
    case Kind::string:
      return "the string " + quote_bytes(token.text);
    default:
      return quote_bytes(token.text);
  }
}

}  // namespace

TokenStream::TokenStream(std::string_view text, std::string name)
    : name_(std::move(name)), lexer_(text), token_(lexer_.next()) {}

Token TokenStream::take() {
  return std::exchange(token_, lexer_.next());
}

bool TokenStream::accept_symbol(std::string_view symbol) {
  if (!token_.is_symbol(symbol)) return false;
  take();
  return true;
}

bool TokenStream::accept_word(std::string_view word) {
  if (!token_.is_word(word)) return false;
  take();
  return true;
}

void TokenStream::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) fail_expected(fmt::format("\"{}\"", symbol));
}

void TokenStream::expect_word(std::string_view word) {
  if (!accept_word(word)) fail_expected(fmt::format("\"{}\"", word));
}

void TokenStream::expect_end_of_statement() {
  if (token_.kind == Kind::line_end) {
    take();
  } else if (token_.kind != Kind::file_end && !token_.is_symbol("}")) {
    fail_expected("the end of the line");
  }
}

void TokenStream::skip_line_end() {
  if (token_.kind == Kind::line_end) take();
}

std::string TokenStream::name(std::string_view what) {
  if (token_.kind != Kind::word || token_.text.find('.') != std::string_view::npos) {
    fail_expected(what);
  }
  return std::string(take().text);
}

std::string TokenStream::string(std::string_view what) {
  if (token_.kind != Kind::string || token_.text.empty()) fail_expected(what);
  return std::string(take().text);
}

std::string TokenStream::path(std::string_view what) {
  if (token_.kind != Kind::word) fail_expected(what);
  return std::string(take().text);
}

std::uint64_t TokenStream::count(std::string_view what, std::uint64_t least) {
  std::optional<std::uint64_t> value;
  if (token_.kind == Kind::number) value = config::parse_count(token_.text);
  if (!value || *value < least) fail_expected(what);
  take();
  return *value;
}

/// "16", then perhaps the word "pages"; or a number with a unit.
std::optional<Bytes> TokenStream::pages_or_bytes(std::string_view number) {
  if (token_.is_word("pages") || token_.is_word("page")) {
    const auto pages = config::parse_count(number);
    if (!pages || *pages > kMostBytes / kPageBytes.value()) return std::nullopt;
    take();
    return kPageBytes * *pages;
  }
  return config::parse_bytes(number);
}

Bytes TokenStream::size() {
  if (token_.kind != Kind::number) fail_expected(kSize);
  const Token number = take();
  const auto bytes = pages_or_bytes(number.text);
  if (!bytes || bytes->value() > kMostBytes) {
    fail(number.place, fmt::format("expected {}, found {}", kSize, quote_bytes(number.text)));
  }
  return *bytes;
}

Bytes TokenStream::whole_pages() {
  const Token number = token_;
  const Bytes bytes = size();
  if (bytes == Bytes(0) || bytes % kPageBytes != Bytes(0)) {
    fail(number.place,
         fmt::format("expected whole pages of 4 KiB, at least one, found {} bytes", bytes.value()));
  }
  return bytes;
}

VirtualAddress TokenStream::address() {
  constexpr const char* kAddress = "an address, as in 0x10000";
  if (token_.kind != Kind::number || token_.text.substr(0, 2) != "0x") fail_expected(kAddress);
  const std::string_view digits = token_.text.substr(2);
  const char* const end = digits.data() + digits.size();
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
  if (error != std::errc() || stop != end) fail_expected(kAddress);
  take();
  return VirtualAddress(value);
}

std::uint32_t TokenStream::thousandths(std::string_view what, std::uint32_t most) {
  std::optional<std::uint64_t> value;
  if (token_.kind == Kind::number) value = config::parse_count(std::string(token_.text) + "k");
  if (!value || *value == 0 || *value > most) fail_expected(what);
  take();
  return static_cast<std::uint32_t>(*value);
}

Token TokenStream::rest_of_line(std::string_view symbol) {
  if (!token_.is_symbol(symbol)) fail_expected(fmt::format("\"{}\"", symbol));
  const Token rest = lexer_.rest_of_line();
  take();
  return rest;
}

void TokenStream::fail_expected(std::string_view what) const {
  fail(token_.place, fmt::format("expected {}, found {}", what, describe(token_)));
}

void TokenStream::fail(Place place, std::string_view message) const {
  throw InputError(fmt::format("{}:{}:{}: {}", name_, place.line, place.column, message));
}

}  // namespace tlmmu::scenario
