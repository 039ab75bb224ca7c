// SPDX-License-Identifier: Apache-2.0
#include "models/workload/trace_decoder.h"

#include <fmt/format.h>

#include "models/base/error.h"
#include "models/base/quote_bytes.h"
#include "models/workload/champsim_decoder.h"
#include "models/workload/decompression.h"
#include "models/workload/lackey_decoder.h"

namespace tlmmu {
std::unique_ptr<TraceDecoder> make_trace_decoder(std::unique_ptr<ByteSource> source) {
  BufferedInput input = decompressed(std::move(source));
  input.require(ChampSimDecoder::kRecordBytes);
  if (input.size() == 0) {
    throw InputError(fmt::format("{}: is empty, expected a trace", input.name()));
  }
  const std::string_view head = input.view().substr(0, ChampSimDecoder::kRecordBytes);
  if (ChampSimDecoder::is_plausible(head)) {
    return std::make_unique<ChampSimDecoder>(std::move(input));
  }
  // No text has a NUL, and hardly a binary of this length has none.
  const bool is_text = head.find('\0') == std::string_view::npos;
  if (is_text) return std::make_unique<LackeyDecoder>(std::move(input));
  throw InputError(
      fmt::format("{}: byte 0 of the uncompressed data: found {}, expected valgrind lackey text or "
                  "ChampSim records",
                  input.name(), quote_bytes(head)));
}

}  // namespace tlmmu
