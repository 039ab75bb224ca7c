// SPDX-License-Identifier: Apache-2.0
#include "models/workload/trace_reader.h"

#include <algorithm>
#include <limits>
#include <system_error>
#include <utility>

#include "models/base/error.h"

namespace tlmmu {

TraceReader::TraceReader(const std::string& path, const TraceReaderOptions& options) {
  auto file = std::make_unique<FileSource>(path, cancel_);
  name_ = file->name();
  bytes_total_ = file->bytes_total();
  const std::uint64_t limit = options.limit.value_or(std::numeric_limits<std::uint64_t>::max());
  try {
    thread_ = std::thread(&TraceReader::run, this, std::move(file), limit);
  } catch (const std::system_error& error) {
    throw HostError(std::string("cannot start a thread to read traces: ") + error.what());
  }
}

TraceReader::~TraceReader() {
  cancel_.cancel();
  ring_.close();
  thread_.join();
}

bool TraceReader::next_batch() {
  set_batch(nullptr, 0);
  const TraceBatch* const batch = ring_.take();
  if (batch == nullptr) return false;
  bytes_consumed_ = batch->bytes_read;
  set_batch(batch->decoded.data(), batch->decoded.size());
  return true;
}

void TraceReader::run(std::unique_ptr<FileSource> file, std::uint64_t limit) {
  std::exception_ptr error;
  try {
    decode_all(std::move(file), limit);
  } catch (...) {
    error = std::current_exception();
  }
  // Moved: the exception belongs to one thread at a time.
  ring_.finish(std::move(error));
}

void TraceReader::decode_all(std::unique_ptr<FileSource> file, std::uint64_t limit) {
  const FileSource& progress = *file;  // lives inside the decoder
  const std::unique_ptr<TraceDecoder> decoder = make_trace_decoder(std::move(file));
  std::uint64_t left = limit;
  bool more = true;
  while (more && left != 0) {
    TraceBatch* const batch = ring_.acquire();
    if (batch == nullptr) return;
    DecodedBatch& decoded = batch->decoded;
    const std::uint64_t wanted = std::min<std::uint64_t>(DecodedBatch::kCapacity, left);
    std::exception_ptr error;
    try {
      decoder->decode(decoded, static_cast<std::size_t>(wanted));
    } catch (...) {
      error = std::current_exception();
    }
    more = decoded.size() >= wanted;
    decoded.resize(static_cast<std::size_t>(std::min<std::uint64_t>(decoded.size(), left)));
    left -= decoded.size();
    batch->bytes_read = progress.bytes_read();
    if (decoded.size() != 0) ring_.publish();
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace tlmmu
