// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tlmmu {

/// The first 40 bytes of `bytes` in double quotes, on one line: what is not printable ASCII is
/// written \xNN, and "..." follows where something was cut.
inline std::string quote_bytes(std::string_view bytes) {
  constexpr std::size_t kShown = 40;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "\"";
  for (const char c : bytes.substr(0, kShown)) {
    if (c >= ' ' && c <= '~') {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += "\\x";
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xfU];
  }
  return text + (bytes.size() > kShown ? "\"..." : "\"");
}

}  // namespace tlmmu
