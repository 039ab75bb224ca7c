// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/backing_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "models/base/error.h"

namespace tlmmu {

namespace {

constexpr mode_t kOwnerMayReadAndWrite = 0600;

std::string reason() {
  return std::strerror(errno);
}

[[noreturn]] void fail(const char* what, const std::string& name) {
  throw HostError(fmt::format("swap disk: cannot {} {}: {}", what, name, reason()));
}

/// For file systems without O_TMPFILE.
int open_and_unlink(const std::string& folder) {
  std::string path = folder + "/tlmmu-swap-XXXXXX";
  const int fd = ::mkostemp(path.data(), O_CLOEXEC);
  if (fd >= 0) ::unlink(path.c_str());
  return fd;
}

}  // namespace

BackingFile BackingFile::anonymous() {
  const char* from_environment = std::getenv("TMPDIR");
  const std::string folder =
      from_environment != nullptr && *from_environment != '\0' ? from_environment : "/tmp";
  int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kOwnerMayReadAndWrite);
  if (fd < 0) fd = open_and_unlink(folder);
  const std::string name = "a temporary file in " + folder;
  if (fd < 0) fail("create", name);
  return {fd, name};
}

BackingFile BackingFile::open(const std::string& path) {
  // Without O_NONBLOCK a named pipe would wait for its other end.
  const int fd =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, kOwnerMayReadAndWrite);
  if (fd < 0) {
    throw InputError(fmt::format("swap_disk.backing_file: cannot open {}: {}", path, reason()));
  }
  BackingFile file(fd, path);
  struct stat status {};
  if (::fstat(fd, &status) != 0) fail("examine", path);
  if (!S_ISREG(status.st_mode)) {
    throw InputError(fmt::format("swap_disk.backing_file: {} is not a regular file", path));
  }
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    throw InputError(fmt::format("swap_disk.backing_file: {} is in use by another machine", path));
  }
  return file;
}

BackingFile::BackingFile(BackingFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), name_(std::move(other.name_)) {}

BackingFile::~BackingFile() {
  if (fd_ >= 0) ::close(fd_);
}

Bytes BackingFile::size() const {
  struct stat status {};
  if (::fstat(fd_, &status) != 0) fail("examine", name_);
  return Bytes(static_cast<std::uint64_t>(status.st_size));
}

void BackingFile::resize(Bytes size) {
  if (::ftruncate(fd_, static_cast<off_t>(size.value())) != 0) fail("resize", name_);
}

void BackingFile::read(Bytes offset, unsigned char* data, Bytes length) const {
  while (length > Bytes(0)) {
    const ssize_t got = ::pread(fd_, data, length.value(), static_cast<off_t>(offset.value()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", name_);
    if (got == 0) {
      std::fill_n(data, length.value(), static_cast<unsigned char>(0));
      return;
    }
    const Bytes part(static_cast<std::uint64_t>(got));
    data += got;
    offset += part;
    length -= part;
  }
}

void BackingFile::write(Bytes offset, const unsigned char* data, Bytes length) {
  while (length > Bytes(0)) {
    const ssize_t done = ::pwrite(fd_, data, length.value(), static_cast<off_t>(offset.value()));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) fail("write", name_);
    const Bytes part(static_cast<std::uint64_t>(done));
    data += done;
    offset += part;
    length -= part;
  }
}

}  // namespace tlmmu
