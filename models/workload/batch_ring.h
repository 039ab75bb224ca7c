// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "models/workload/trace_decoder.h"

namespace tlmmu {

/// A decoded batch, and how much of the trace file was read when it was finished.
struct TraceBatch {
  DecodedBatch decoded;
  std::uint64_t bytes_read = 0;
};

/// The bounded queue between the thread that decodes and the one that simulates. Batches are filled
/// and read in place and used again. One producer, one consumer.
class BatchRing {
 public:
  /// Producer: the batch to fill next, waiting until the consumer has left one; null after close().
  TraceBatch* acquire();
  /// Producer: hands over the batch that acquire() gave.
  void publish();
  /// Producer: nothing follows, except `error` if there is one. Always the last call.
  void finish(std::exception_ptr error);

  /// Consumer: gives the previous batch back and waits for the next one; null at the end. An error
  /// that the producer finished with is thrown once, after the last batch.
  const TraceBatch* take();
  /// Consumer: wants nothing more. The producer no longer waits.
  void close();

 private:
  static constexpr std::size_t kBatches = 4;

  std::array<TraceBatch, kBatches> batches_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Counts since the start; the batch of count n is batches_[n % kBatches].
  std::uint64_t published_ = 0;
  std::uint64_t released_ = 0;
  bool held_ = false;  ///< the consumer has batch `released_` in its hands
  bool finished_ = false;
  bool closed_ = false;
  std::exception_ptr error_;
};

}  // namespace tlmmu
