// SPDX-License-Identifier: Apache-2.0
#include "models/workload/champsim_decoder.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/base/bits.h"
#include "models/base/error.h"
#include "models/workload/little_endian.h"

namespace tlmmu {
namespace {

constexpr std::size_t kIsBranch = 8, kBranchTaken = 9, kDestinationMemory = 16, kSourceMemory = 32;
constexpr std::size_t kDestinations = 2, kSources = 4;

bool flags_valid(const char* record) {
  return static_cast<unsigned char>(record[kIsBranch]) <= 1 &&
         static_cast<unsigned char>(record[kBranchTaken]) <= 1;
}

MemoryAccess access(std::uint64_t address, std::uint32_t size, AccessType type) {
  const auto to_line_end = static_cast<std::uint32_t>(ChampSimDecoder::kLineBytes -
                                                      address % ChampSimDecoder::kLineBytes);
  return {VirtualAddress(address), std::min(size, to_line_end), type};
}

/// Writes all `count` accesses, but keeps only those that are there: no branch to mispredict.
MemoryAccess* append_operands(MemoryAccess* out, const char* operands, std::size_t count,
                              AccessType type) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t address = load_word(operands + i * sizeof(std::uint64_t));
    *out = access(address, ChampSimDecoder::kDataBytes, type);
    out += address != 0 ? 1 : 0;
  }
  return out;
}

MemoryAccess* append_record(MemoryAccess* out, const char* record) {
  *out++ = access(load_word(record), ChampSimDecoder::kFetchBytes, AccessType::fetch);
  out = append_operands(out, record + kSourceMemory, kSources, AccessType::load);
  return append_operands(out, record + kDestinationMemory, kDestinations, AccessType::store);
}

}  // namespace

bool ChampSimDecoder::is_plausible(std::string_view bytes) {
  if (bytes.size() < kRecordBytes || !flags_valid(bytes.data())) return false;
  const std::uint64_t ip = load_word(bytes.data());
  constexpr unsigned kSignBit = 47;
  const std::uint64_t high = ip >> kSignBit;
  return ip != 0 && (high == 0 || high == low_mask(64 - kSignBit));
}

void ChampSimDecoder::decode(DecodedBatch& batch, std::size_t wanted) {
  batch.resize(0);
  MemoryAccess* out = batch.data();
  const MemoryAccess* const stop = out + wanted;
  while (out < stop) {
    if (!input_.require(kRecordBytes)) {
      if (input_.size() != 0) fail_truncated();
      return;
    }
    const std::size_t records = input_.size() / kRecordBytes;
    std::size_t done = 0;
    while (done < records && out < stop && flags_valid(input_.begin() + done * kRecordBytes)) {
      out = append_record(out, input_.begin() + done * kRecordBytes);
      ++done;
    }
    input_.consume(done * kRecordBytes);
    batch.resize(static_cast<std::size_t>(out - batch.data()));
    if (done < records && out < stop) fail_flags();
  }
}

void ChampSimDecoder::fail_flags() const {
  throw InputError(fmt::format(
      "{}: byte {} of the uncompressed data: found a record with is_branch = {} and branch_taken = "
      "{}, "
      "expected 0 or 1 (ChampSim's 64-byte records)",
      input_.name(), input_.offset(), static_cast<unsigned char>(input_.begin()[kIsBranch]),
      static_cast<unsigned char>(input_.begin()[kBranchTaken])));
}

void ChampSimDecoder::fail_truncated() const {
  throw InputError(
      fmt::format("{}: byte {} of the uncompressed data: found {} bytes and the end, expected a "
                  "record of {} bytes",
                  input_.name(), input_.offset(), input_.size(), kRecordBytes));
}

}  // namespace tlmmu
