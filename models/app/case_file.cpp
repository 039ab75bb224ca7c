// SPDX-License-Identifier: Apache-2.0
#include "models/app/case_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "models/base/error.h"

namespace tlmmu {

reference::WalkCase read_case(const std::string& path) {
  if (path == "-") return reference::parse_walk_case(std::cin, "standard input");
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw InputError(fmt::format("{}: is a directory; expected a walk case", path));
  }
  std::ifstream input(path);
  if (!input) {
    throw InputError(
        fmt::format("{}: cannot be opened ({}); expected a walk case", path, std::strerror(errno)));
  }
  return reference::parse_walk_case(input, path);
}

}  // namespace tlmmu
