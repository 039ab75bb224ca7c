// SPDX-License-Identifier: Apache-2.0
#include "models/workload/file_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "models/base/error.h"

namespace tlmmu {
namespace {

bool is_standard_input(const std::string& path) {
  return path == "-";
}

/// Non-blocking, so that a FIFO that has no writer yet does not hold up the constructor.
FileDescriptor open_for_reading(const std::string& path) {
  if (is_standard_input(path)) return FileDescriptor::standard_input();
  return FileDescriptor::owned(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
}

}  // namespace

FileSource::FileSource(const std::string& path, const CancelToken& cancel)
    : ByteSource(is_standard_input(path) ? "standard input" : path),
      cancel_(cancel),
      file_(open_for_reading(path)) {
  if (file_.get() < 0) {
    if (errno == EMFILE || errno == ENFILE) {
      throw HostError(fmt::format("{}: cannot be opened ({})", name(), std::strerror(errno)));
    }
    throw InputError(fmt::format("{}: cannot be opened ({}); expected a trace file", name(),
                                 std::strerror(errno)));
  }
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) {
    throw InputError(
        fmt::format("{}: cannot be read ({}); expected a trace", name(), std::strerror(errno)));
  }
  if (S_ISDIR(status.st_mode)) {
    throw InputError(fmt::format("{}: is a directory; expected a trace file", name()));
  }
  if (::isatty(file_.get()) != 0) {
    throw InputError(fmt::format("{}: is a terminal; expected a trace file or a pipe", name()));
  }
  if (S_ISREG(status.st_mode)) bytes_total_ = static_cast<std::uint64_t>(status.st_size);
}

FileSource::Wakeup FileSource::wait() const {
  pollfd both[2] = {{file_.get(), POLLIN, 0}, {cancel_.descriptor(), POLLIN, 0}};
  while (::poll(both, 2, -1) < 0) {
    if (errno != EINTR && errno != EAGAIN) {
      throw HostError(fmt::format("{}: cannot wait for input: {}", name(), std::strerror(errno)));
    }
  }
  return both[1].revents != 0 ? Wakeup::cancelled : Wakeup::input;
}

std::size_t FileSource::read(char* buffer, std::size_t capacity) {
  while (wait() == Wakeup::input) {
    const ssize_t count = ::read(file_.get(), buffer, capacity);
    if (count >= 0) {
      bytes_read_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
    if (errno != EINTR && errno != EAGAIN) {
      throw HostError(fmt::format("{}: cannot be read at byte {}: {}", name(), bytes_read_,
                                  std::strerror(errno)));
    }
  }
  return 0;
}

}  // namespace tlmmu
