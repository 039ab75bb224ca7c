// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace tlmmu {

/// First in, first out, with room for a fixed number of elements: never allocates after it was
/// made.
template <class T>
class FixedQueue {
 public:
  explicit FixedQueue(std::size_t capacity) : ring_(capacity) {}

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  /// The queue must have room.
  void push(T value) { ring_[(first_ + size_++) % ring_.size()] = value; }
  /// The queue must not be empty.
  T pop() {
    const T value = ring_[first_];
    first_ = (first_ + 1) % ring_.size();
    --size_;
    return value;
  }

 private:
  std::vector<T> ring_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace tlmmu
