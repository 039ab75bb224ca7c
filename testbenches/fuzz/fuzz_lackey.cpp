// SPDX-License-Identifier: Apache-2.0
// Any bytes as lackey text: the decoder agrees with a plain reading of the grammar, line by line.
#include "models/workload/lackey_decoder.h"
#include "testbenches/fuzz/fuzz_trace.h"

namespace {

using namespace tlmmu;

/// The accesses up to the first line that is not accepted, without regard to windows and batches.
std::vector<MemoryAccess> naive(std::string_view text) {
  std::vector<MemoryAccess> accesses;
  std::uint64_t foreign = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    const lackey::Line line = lackey::parse_line(text.substr(0, length));
    text.remove_prefix(std::min(length + 1, text.size()));
    if (std::holds_alternative<lackey::Malformed>(line)) break;
    if (std::holds_alternative<lackey::Foreign>(line)) {
      if (!accesses.empty() || ++foreign > LackeyDecoder::kPreambleLines) break;
    }
    const auto* record = std::get_if<lackey::Record>(&line);
    if (record == nullptr) continue;
    accesses.push_back(record->access);
    if (record->then == lackey::Then::store) {
      accesses.push_back(record->access);
      accesses.back().type = AccessType::store;
    }
  }
  return accesses;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  LackeyDecoder decoder(fuzz::window_of(input));
  const fuzz::Trace trace = fuzz::decode_all(decoder, 5);
  fuzz::require(trace.accesses == naive(input.substr(std::min<std::size_t>(size, 1))));
  fuzz::require(!trace.accesses.empty() || !trace.error.empty());
  return 0;
}
