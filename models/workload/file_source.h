// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "models/workload/byte_source.h"
#include "models/workload/cancel_token.h"
#include "models/workload/file_descriptor.h"

namespace tlmmu {

/// The bytes of a file, a pipe or, as "-", of standard input. Missing, unreadable, a directory or a
/// terminal is an InputError in the constructor, which never waits; only read() does.
class FileSource : public ByteSource {
 public:
  /// `cancel` outlives the source. Once it is cancelled, read() says that the stream has ended.
  FileSource(const std::string& path, const CancelToken& cancel);

  std::size_t read(char* buffer, std::size_t capacity) override;

  std::uint64_t bytes_read() const { return bytes_read_; }
  /// Size of a regular file; nothing for a pipe or a device.
  std::optional<std::uint64_t> bytes_total() const { return bytes_total_; }

 private:
  enum class Wakeup { input, cancelled };
  Wakeup wait() const;

  const CancelToken& cancel_;
  FileDescriptor file_;
  std::uint64_t bytes_read_ = 0;
  std::optional<std::uint64_t> bytes_total_;
};

}  // namespace tlmmu
