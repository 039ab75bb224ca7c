// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "models/workload/buffered_input.h"
#include "models/workload/memory_access.h"

namespace tlmmu {

/// Accesses that a decoder makes in one go. It has room for one record more than is asked for, so
/// that decoders look at the fill level once for each record and not for each access.
class DecodedBatch {
 public:
  static constexpr std::size_t kCapacity = 8192;
  /// A ChampSim record: one fetch, four loads, two stores.
  static constexpr std::size_t kMostPerRecord = 7;

  DecodedBatch() : accesses_(kCapacity + kMostPerRecord) {}

  MemoryAccess* data() { return accesses_.data(); }
  const MemoryAccess* data() const { return accesses_.data(); }
  std::size_t size() const { return size_; }
  /// At most kCapacity + kMostPerRecord - 1.
  void resize(std::size_t size) { size_ = size; }

 private:
  std::vector<MemoryAccess> accesses_;
  std::size_t size_ = 0;
};

/// Turns the bytes of a trace into accesses, in program order.
class TraceDecoder {
 public:
  TraceDecoder() = default;
  TraceDecoder(const TraceDecoder&) = delete;
  TraceDecoder& operator=(const TraceDecoder&) = delete;
  virtual ~TraceDecoder() = default;

  /// Fills `batch` anew with at least `wanted` accesses (at most DecodedBatch::kCapacity); fewer
  /// only at the end of the trace. A malformed trace is an InputError that names line or byte; the
  /// batch then holds what came before.
  virtual void decode(DecodedBatch& batch, std::size_t wanted) = 0;
};

/// The decoder for what `source` holds, compressed or not; its first bytes say which. What is
/// neither format, or nothing at all, is an InputError.
std::unique_ptr<TraceDecoder> make_trace_decoder(std::unique_ptr<ByteSource> source);

}  // namespace tlmmu
