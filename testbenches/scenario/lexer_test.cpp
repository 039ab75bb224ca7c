// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/lexer.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace tlmmu::scenario {
namespace {

using ::testing::ElementsAre;

/// Tokens as text; ends as "\n" and "".
std::vector<std::string> tokens(std::string_view text) {
  Lexer lexer(text);
  std::vector<std::string> result;
  for (Token token = lexer.next(); token.kind != Token::Kind::file_end; token = lexer.next()) {
    result.emplace_back(token.text);
  }
  return result;
}

TEST(ScenarioLexer, cuts_words_numbers_and_symbols) {
  EXPECT_THAT(
      tokens("map buf[0..16 pages]{x<=1.5GiB}"),
      ElementsAre("map", "buf", "[", "0", "..", "16", "pages", "]", "{", "x", "<=", "1.5GiB", "}"));
}

TEST(ScenarioLexer, keeps_dots_within_names_and_numbers_only) {
  EXPECT_THAT(tokens("kernel.faults.minor a.. 1..2 3.x"),
              ElementsAre("kernel.faults.minor", "a", "..", "1", "..", "2", "3", ".", "x"));
}

TEST(ScenarioLexer, takes_a_string_without_its_quotes) {
  Lexer lexer("trace \"a b.gz\"");
  lexer.next();
  const Token token = lexer.next();
  EXPECT_EQ(token.kind, Token::Kind::string);
  EXPECT_EQ(token.text, "a b.gz");
}

TEST(ScenarioLexer, leaves_an_open_quote_alone) {
  EXPECT_THAT(tokens("\"a\nb"), ElementsAre("\"", "a", "\n", "b"));
}

TEST(ScenarioLexer, drops_comments_and_lines_without_a_token) {
  EXPECT_THAT(tokens("# first\n\n a # b\n  \n#\nc"), ElementsAre("a", "\n", "c"));
}

TEST(ScenarioLexer, tells_line_and_column) {
  Lexer lexer("a\r\n\n  bb cc");
  lexer.next();
  lexer.next();
  lexer.next();
  const Token token = lexer.next();
  EXPECT_EQ(token.text, "cc");
  EXPECT_EQ(token.place.line, 3U);
  EXPECT_EQ(token.place.column, 6U);
}

TEST(ScenarioLexer, gives_the_rest_of_a_line_without_its_comment) {
  Lexer lexer("=  \"a#b\" c  # d\nnext");
  lexer.next();
  EXPECT_EQ(lexer.rest_of_line().text, "\"a#b\" c");
  EXPECT_EQ(lexer.next().kind, Token::Kind::line_end);
  EXPECT_EQ(lexer.next().text, "next");
}

TEST(ScenarioLexer, makes_tokens_of_any_bytes) {
  EXPECT_EQ(tokens(std::string("\0\xff\x80", 3)).size(), 3U);
}

}  // namespace
}  // namespace tlmmu::scenario
