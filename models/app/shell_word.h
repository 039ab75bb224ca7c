// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace tlmmu {

/// `word` as a shell reads it: in quotes where it needs them.
inline std::string shell_word(const std::string& word) {
  constexpr const char* kSpecial = " \t\n\"'\\$`*?[]<>|&;()#~!{}";
  if (!word.empty() && word.find_first_of(kSpecial) == std::string::npos) return word;
  std::string text;
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return "'" + text + "'";
}

}  // namespace tlmmu
