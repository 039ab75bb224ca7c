// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/lexer.h"

#include <algorithm>

namespace tlmmu::scenario {

namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
constexpr bool is_name(char c) {
  return is_letter(c) || is_digit(c);
}
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

Token Lexer::next() {
  skip_blanks();
  if (text_.empty()) return take(Token::Kind::file_end, 0);
  const char first = text_.front();
  if (first == '\n') {
    const Token end = take(Token::Kind::line_end, 1);
    line_has_tokens_ = false;
    return end;
  }
  line_has_tokens_ = true;
  if (is_letter(first)) return take(Token::Kind::word, word_length());
  if (is_digit(first)) return take(Token::Kind::number, number_length());
  if (first == '"') return take_string();
  return take(Token::Kind::symbol, symbol_length());
}

Token Lexer::rest_of_line() {
  while (!text_.empty() && is_blank(text_.front())) advance(1);
  std::size_t length = 0;
  char quote = '\0';
  for (; length < text_.size() && text_[length] != '\n'; ++length) {
    const char c = text_[length];
    if (quote == '\0' && c == '#') break;
    if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    }
  }
  while (length > 0 && is_blank(text_[length - 1])) --length;
  line_has_tokens_ = true;
  return take(Token::Kind::string, length);
}

/// Blanks, comments, and ends of lines without a token.
void Lexer::skip_blanks() {
  while (!text_.empty()) {
    if (text_.front() == '#') {
      advance(std::min(text_.find('\n'), text_.size()));
    } else if (is_blank(text_.front()) || (text_.front() == '\n' && !line_has_tokens_)) {
      advance(1);
    } else {
      return;
    }
  }
}

void Lexer::advance(std::size_t count) {
  for (const char c : text_.substr(0, count)) {
    ++place_.column;
    if (c == '\n') place_ = {place_.line + 1, 1};
  }
  text_.remove_prefix(count);
}

Token Lexer::take(Token::Kind kind, std::size_t length) {
  const Token token{kind, text_.substr(0, length), place_};
  advance(length);
  return token;
}

/// Without a closing quote on the line, the quote alone is a symbol.
Token Lexer::take_string() {
  const std::size_t end = text_.find_first_of("\"\n", 1);
  if (end == std::string_view::npos || text_[end] == '\n') return take(Token::Kind::symbol, 1);
  Token token = take(Token::Kind::string, end + 1);
  token.text = token.text.substr(1, end - 1);
  return token;
}

std::size_t Lexer::word_length() const {
  std::size_t length = 1;
  while (is_name(at(length)) || (at(length) == '.' && is_name(at(length + 1)))) ++length;
  return length;
}

std::size_t Lexer::number_length() const {
  std::size_t length = 1;
  bool fraction = false;
  while (is_name(at(length)) || (!fraction && at(length) == '.' && is_digit(at(length + 1)))) {
    fraction = fraction || at(length) == '.';
    ++length;
  }
  return length;
}

std::size_t Lexer::symbol_length() const {
  for (const std::string_view symbol : {"==", "!=", "<=", ">=", ".."}) {
    if (text_.substr(0, 2) == symbol) return 2;
  }
  return 1;
}

}  // namespace tlmmu::scenario
