// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "models/workload/scenario/statement.h"

namespace tlmmu::scenario {

/// The smallest part of a scenario that means something. `text` is a view of the scenario.
struct Token {
  enum class Kind : std::uint8_t {
    word,    ///< letters, digits, _ and single dots between them: map, kernel.faults.minor
    number,  ///< a digit, then digits and letters, perhaps a fraction: 16, 0x1000, 1.5GiB
    string,  ///< between double quotes, on one line; `text` is without them
    symbol,  ///< == != <= >= .. or one other character
    line_end,
    file_end,
  };
  Kind kind = Kind::file_end;
  std::string_view text;
  Place place;

  bool is_symbol(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
  bool is_word(std::string_view word) const { return kind == Kind::word && text == word; }
};

/// Cuts a scenario into tokens. Spaces and comments (# to the end of the line) separate tokens and
/// are dropped; lines that are empty then have no line_end. Any bytes make tokens: what makes no
/// sense is a symbol that no rule expects.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next();
  /// The rest of the line without the spaces around it and without a comment; a # in quotes is
  /// none.
  Token rest_of_line();

 private:
  void skip_blanks();
  void advance(std::size_t count);
  Token take(Token::Kind kind, std::size_t length);
  Token take_string();
  std::size_t word_length() const;
  std::size_t number_length() const;
  std::size_t symbol_length() const;
  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }

  std::string_view text_;  ///< what is left
  Place place_;
  bool line_has_tokens_ = false;
};

}  // namespace tlmmu::scenario
