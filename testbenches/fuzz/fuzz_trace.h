// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/error.h"
#include "models/workload/trace_decoder.h"

namespace tlmmu::fuzz {

/// The input as a stream that comes in pieces; their length, 1 to 256, is the first byte.
class PiecesSource : public ByteSource {
 public:
  explicit PiecesSource(std::string_view input)
      : ByteSource("input"),
        bytes_(input.substr(std::min<std::size_t>(input.size(), 1))),
        piece_(input.empty() ? 1 : std::size_t{static_cast<unsigned char>(input[0])} + 1) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t count = std::min({capacity, piece_, bytes_.size()});
    if (count != 0) std::memcpy(buffer, bytes_.data(), count);
    bytes_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view bytes_;
  std::size_t piece_;
};

/// A broken promise ends the process, so that the fuzzer sees it.
inline void require(bool holds) {
  if (!holds) std::abort();
}

/// What the project promises of every message about bad input: one line, and not an endless one.
inline void require_clear(const InputError& error) {
  const std::string_view message = error.what();
  require(!message.empty() && message.size() < 1000);
  require(message.find('\n') == std::string_view::npos);
}

/// A window that is just longer than libFuzzer's longest input: making a large one anew for each
/// input would take most of the time.
inline BufferedInput window_of(std::string_view input) {
  constexpr std::size_t kCapacity = std::size_t{8} << 10U;
  return BufferedInput(std::make_unique<PiecesSource>(input), kCapacity);
}

struct Trace {
  std::vector<MemoryAccess> accesses;
  std::string error;
};

/// Decodes all of `decoder` and checks what holds for any trace.
inline Trace decode_all(TraceDecoder& decoder, std::size_t wanted) {
  Trace trace;
  static DecodedBatch batch;  // large: not made anew for each of many small inputs
  batch.resize(0);
  try {
    do {
      decoder.decode(batch, wanted);
      trace.accesses.insert(trace.accesses.end(), batch.data(), batch.data() + batch.size());
    } while (batch.size() >= wanted);
  } catch (const InputError& error) {
    require_clear(error);
    require(batch.size() < wanted);
    trace.accesses.insert(trace.accesses.end(), batch.data(), batch.data() + batch.size());
    trace.error = error.what();
  }
  for (const MemoryAccess& access : trace.accesses) {
    require(access.size >= 1 && access.size <= 4096);
    require(access.address.value() + (access.size - 1) >= access.address.value());
  }
  return trace;
}

}  // namespace tlmmu::fuzz
