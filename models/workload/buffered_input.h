// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "models/workload/byte_source.h"

namespace tlmmu {

/// A window that slides over a byte stream: decoders look at what is in it, consume from its front
/// and refill it at its back.
class BufferedInput {
 public:
  static constexpr std::size_t kDefaultCapacity = std::size_t{256} << 10U;

  explicit BufferedInput(std::unique_ptr<ByteSource> source,
                         std::size_t capacity = kDefaultCapacity);

  const std::string& name() const { return source_->name(); }
  /// The window: what has been read and not been consumed.
  const char* begin() const { return buffer_.data() + begin_; }
  const char* end() const { return buffer_.data() + end_; }
  std::size_t size() const { return end_ - begin_; }
  std::string_view view() const { return {begin(), size()}; }
  /// Position of begin() in the stream.
  std::uint64_t offset() const { return offset_; }

  /// Drops `count` bytes, at most size(), from the front.
  void consume(std::size_t count) {
    begin_ += count;
    offset_ += count;
  }

  /// Reads more behind what is there, as much as comes in one read. False at the end of the stream,
  /// and also when the window is full. Moves the window: pointers into it are no longer valid.
  bool refill();

  /// Refills until the window has `count` bytes, at most its capacity; false if the stream is
  /// shorter.
  bool require(std::size_t count);

  bool full() const { return size() == buffer_.size(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;
};

}  // namespace tlmmu
