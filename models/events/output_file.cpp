// SPDX-License-Identifier: Apache-2.0
#include "models/events/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "models/base/error.h"

namespace tlmmu::events {

namespace fs = std::filesystem;

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path_, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw InputError(fmt::format("{}: cannot be written: it is not a regular file", path_));
  }
  // The process number keeps two runs that write the same file apart.
  std::string partial = fmt::format("{}.{}.partial", path_, getpid());
  const int file = open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) {
    throw InputError(fmt::format("{}: cannot be written: {}", path_, std::strerror(errno)));
  }
  close(file);
  partial_path_ = std::move(partial);
}

OutputFile::~OutputFile() {
  if (!partial_path_.empty()) std::remove(partial_path_.c_str());
}

void OutputFile::commit() {
  if (std::rename(partial_path_.c_str(), path_.c_str()) != 0) {
    throw HostError(fmt::format("{}: cannot be written: {}", path_, std::strerror(errno)));
  }
  partial_path_.clear();
}

}  // namespace tlmmu::events
