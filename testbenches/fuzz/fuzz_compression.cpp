// SPDX-License-Identifier: Apache-2.0
// Any bytes as a trace file, through decompression and recognition of the format.
#include "testbenches/fuzz/fuzz_trace.h"

namespace {

/// Ends the trace after a few MiB: small inputs can decompress to gigabytes.
constexpr std::size_t kMostBatches = 64;

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tlmmu;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  try {
    const auto decoder = make_trace_decoder(std::make_unique<fuzz::PiecesSource>(input));
    static DecodedBatch batch;
    for (std::size_t i = 0; i < kMostBatches; ++i) {
      decoder->decode(batch, DecodedBatch::kCapacity);
      if (batch.size() < DecodedBatch::kCapacity) break;
    }
  } catch (const InputError& error) {
    fuzz::require_clear(error);
  }
  return 0;
}
