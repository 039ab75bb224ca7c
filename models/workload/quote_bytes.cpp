// SPDX-License-Identifier: Apache-2.0
#include "models/workload/quote_bytes.h"

#include <fmt/format.h>

namespace tlmmu {

std::string quote_bytes(std::string_view bytes) {
  constexpr std::size_t kShown = 40;
  std::string text = "\"";
  for (const char c : bytes.substr(0, kShown)) {
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (c >= ' ' && c <= '~') {
      text += c;
    } else {
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return text + (bytes.size() > kShown ? "\"..." : "\"");
}

}  // namespace tlmmu
