// SPDX-License-Identifier: Apache-2.0
#include "models/config/text_input.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/base/error.h"

namespace tlmmu::config {

std::string read_text_file(const std::string& path, std::string_view expected) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    throw InputError(fmt::format("{}: no such file; expected {}", path, expected));
  }
  if (std::filesystem::is_directory(status)) {
    throw InputError(fmt::format("{}: is a directory; expected {}", path, expected));
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw InputError(fmt::format("{}: cannot be read", path));
  return text.str();
}

}  // namespace tlmmu::config
