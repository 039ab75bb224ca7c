// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace tlmmu {

/// A stream of bytes that is read once, from front to back.
class ByteSource {
 public:
  explicit ByteSource(std::string name) : name_(std::move(name)) {}
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// Puts 1 to `capacity` bytes into `buffer` and says how many; 0 only at the end of the stream.
  /// A stream that cannot be understood is an InputError, a host that fails a HostError.
  virtual std::size_t read(char* buffer, std::size_t capacity) = 0;

  /// What messages call the stream: the path, or "standard input".
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

}  // namespace tlmmu
