// SPDX-License-Identifier: Apache-2.0
#include "models/workload/batch_ring.h"

#include <utility>

namespace tlmmu {

TraceBatch* BatchRing::acquire() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || published_ - released_ < kBatches; });
  return closed_ ? nullptr : &batches_[published_ % kBatches];
}

void BatchRing::publish() {
  {
    const std::lock_guard lock(mutex_);
    ++published_;
  }
  changed_.notify_one();
}

void BatchRing::finish(std::exception_ptr error) {
  {
    const std::lock_guard lock(mutex_);
    error_ = std::move(error);
    finished_ = true;
  }
  changed_.notify_one();
}

const TraceBatch* BatchRing::take() {
  std::unique_lock lock(mutex_);
  if (held_) {
    held_ = false;
    ++released_;
    changed_.notify_one();
  }
  changed_.wait(lock, [&] { return finished_ || published_ != released_; });
  if (published_ != released_) {
    held_ = true;
    return &batches_[released_ % kBatches];
  }
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  return nullptr;
}

void BatchRing::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_one();
}

}  // namespace tlmmu
