// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "models/workload/access_source.h"
#include "models/workload/batch_ring.h"
#include "models/workload/file_source.h"

namespace tlmmu {

struct TraceReaderOptions {
  std::optional<std::uint64_t> limit;  ///< accesses after which the trace counts as finished
};

/// The accesses of a trace file: valgrind lackey text or ChampSim records, each plain or gzip, xz
/// or zstd compressed, recognised by content. A second thread reads, decompresses and decodes
/// ahead. It may be destroyed at any time, also while nothing comes through a pipe.
class TraceReader : public AccessSource {
 public:
  /// `path` is a file, a FIFO, or "-" for standard input. What cannot be opened is an InputError
  /// here; what cannot be understood is one in next_batch(), once all accesses before it are
  /// delivered. What lies behind the limit is not looked at.
  explicit TraceReader(const std::string& path, const TraceReaderOptions& options = {});
  ~TraceReader() override;

  bool next_batch() override;

  /// What messages call the trace: the path, or "standard input".
  const std::string& name() const { return name_; }
  /// Bytes of the file (compressed, if it is) that had been read when the current batch was
  /// decoded.
  std::uint64_t bytes_consumed() const { return bytes_consumed_; }
  /// Size of the file; nothing for a pipe.
  std::optional<std::uint64_t> bytes_total() const { return bytes_total_; }

 private:
  void run(std::unique_ptr<FileSource> file, std::uint64_t limit);
  void decode_all(std::unique_ptr<FileSource> file, std::uint64_t limit);

  std::string name_;
  std::uint64_t bytes_consumed_ = 0;
  std::optional<std::uint64_t> bytes_total_;
  CancelToken cancel_;
  BatchRing ring_;
  std::thread thread_;
};

}  // namespace tlmmu
