// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "models/workload/trace_decoder.h"

namespace tlmmu {

/// ChampSim's instruction records (`input_instr` of its trace_instruction.h), 64 bytes, little
/// endian:
///
///    0   ip                      8 bytes
///    8   is_branch               1   0 or 1
///    9   branch_taken            1   0 or 1
///   10   destination_registers   2 x 1
///   12   source_registers        4 x 1
///   16   destination_memory      2 x 8   0: none
///   32   source_memory           4 x 8   0: none
///
/// Each record is a fetch of 4 bytes at ip, then a load of 8 bytes for each source and a store of 8
/// bytes for each destination. The format has no sizes; so that a guessed size never touches a line
/// or page that the program did not, an access ends at the latest with its 64-byte line.
class ChampSimDecoder : public TraceDecoder {
 public:
  static constexpr std::size_t kRecordBytes = 64;
  static constexpr std::uint32_t kFetchBytes = 4;
  static constexpr std::uint32_t kDataBytes = 8;
  static constexpr std::uint32_t kLineBytes = 64;

  explicit ChampSimDecoder(BufferedInput input) : input_(std::move(input)) {}
  void decode(DecodedBatch& batch, std::size_t wanted) override;

  /// Whether a trace may begin with `bytes`: a whole record whose flags are 0 or 1 and whose ip is
  /// not 0 and canonical for 48-bit addresses. Chance passes this once in 2^30.
  static bool is_plausible(std::string_view bytes);

 private:
  [[noreturn]] void fail_flags() const;
  [[noreturn]] void fail_truncated() const;

  BufferedInput input_;
};

}  // namespace tlmmu
