// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "models/base/quantity.h"

namespace tlmmu {

/// A regular file of the host, open for reading and writing, sparse where nothing was written. What
/// the host cannot do (no space, I/O error) is a HostError that names the file.
class BackingFile {
 public:
  /// A temporary file without a name in $TMPDIR or /tmp; it is gone with this object.
  static BackingFile anonymous();
  /// Opens `path` or creates it, and locks it. Throws InputError if it cannot be opened, is not a
  /// regular file, or another process has it.
  static BackingFile open(const std::string& path);
  /// Takes over a file descriptor; `name` stands in messages.
  BackingFile(int descriptor, std::string name) : fd_(descriptor), name_(std::move(name)) {}
  BackingFile(BackingFile&& other) noexcept;
  BackingFile& operator=(BackingFile&&) = delete;
  ~BackingFile();

  const std::string& name() const { return name_; }
  Bytes size() const;
  /// Makes the file `size` bytes long; new bytes are holes.
  void resize(Bytes size);
  /// Reads `length` bytes at `offset`; what lies beyond the end of the file is 0.
  void read(Bytes offset, unsigned char* data, Bytes length) const;
  void write(Bytes offset, const unsigned char* data, Bytes length);

 private:
  int fd_;
  std::string name_;
};

}  // namespace tlmmu
