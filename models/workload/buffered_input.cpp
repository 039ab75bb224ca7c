// SPDX-License-Identifier: Apache-2.0
#include "models/workload/buffered_input.h"

#include <cstring>

namespace tlmmu {

BufferedInput::BufferedInput(std::unique_ptr<ByteSource> source, std::size_t capacity)
    : source_(std::move(source)), buffer_(capacity) {}

bool BufferedInput::refill() {
  if (begin_ != 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, size());
    end_ -= begin_;
    begin_ = 0;
  }
  if (full()) return false;
  const std::size_t count = source_->read(buffer_.data() + end_, buffer_.size() - end_);
  end_ += count;
  return count != 0;
}

bool BufferedInput::require(std::size_t count) {
  while (size() < count) {
    if (!refill()) return false;
  }
  return true;
}

}  // namespace tlmmu
