// SPDX-License-Identifier: Apache-2.0
// Any bytes as ChampSim records: each accepted record is one fetch and at most six operands.
#include "models/workload/champsim_decoder.h"
#include "testbenches/fuzz/fuzz_trace.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tlmmu;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  ChampSimDecoder decoder(fuzz::window_of(input));
  const fuzz::Trace trace = fuzz::decode_all(decoder, 5);

  const std::size_t bytes = size == 0 ? 0 : size - 1;
  std::size_t fetches = 0;
  for (const MemoryAccess& access : trace.accesses) {
    if (access.type == AccessType::fetch) ++fetches;
    const std::uint64_t in_line = access.address.value() % ChampSimDecoder::kLineBytes;
    fuzz::require(in_line + access.size <= ChampSimDecoder::kLineBytes);
  }
  fuzz::require(trace.accesses.size() <= fetches * DecodedBatch::kMostPerRecord);
  const bool all_taken = fetches * ChampSimDecoder::kRecordBytes == bytes;
  fuzz::require(all_taken == trace.error.empty());
  return 0;
}
