// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/workload/scenario/lexer.h"

namespace tlmmu::scenario {

/// The tokens of a scenario, one ahead, and the values and complaints that a parser makes of them.
/// `what` is always what a message says was expected.
class TokenStream {
 public:
  /// `name` is the file's, for messages.
  TokenStream(std::string_view text, std::string name);

  const Token& peek() const { return token_; }
  Token take();

  bool accept_symbol(std::string_view symbol);
  bool accept_word(std::string_view word);
  void expect_symbol(std::string_view symbol);
  void expect_word(std::string_view word);
  /// The end of the line; `}` and the end of the file are left alone.
  void expect_end_of_statement();

  /// After `{`: what follows may stand on the same line or on the next.
  void skip_line_end();

  /// A name without dots.
  std::string name(std::string_view what);
  std::string string(std::string_view what);
  /// Names of statistics and keys: words with dots.
  std::string path(std::string_view what);
  /// "10000", "10k", "1M"; at least `least`.
  std::uint64_t count(std::string_view what, std::uint64_t least = 1);
  /// "4096", "64KiB", "16 pages"; at most 2^56.
  Bytes size();
  /// A size of whole pages, at least one.
  Bytes whole_pages();
  VirtualAddress address();
  /// "0.85": thousandths, at most three digits behind the point.
  std::uint32_t thousandths(std::string_view what, std::uint32_t most);
  /// After a symbol that has just been read: everything to the end of the line.
  Token rest_of_line(std::string_view symbol);

  /// "file:line:column: expected `what`, found ..."
  [[noreturn]] void fail_expected(std::string_view what) const;
  [[noreturn]] void fail(Place place, std::string_view message) const;

 private:
  std::optional<Bytes> pages_or_bytes(std::string_view number);

  std::string name_;
  Lexer lexer_;
  Token token_;
};

}  // namespace tlmmu::scenario
