// SPDX-License-Identifier: Apache-2.0
#include "models/workload/decompression.h"

#include <fmt/format.h>

#include "models/base/error.h"

namespace tlmmu {
namespace {

using namespace std::string_view_literals;

struct Format {
  std::string_view magic;
  std::unique_ptr<ByteSource> (*make)(BufferedInput);  ///< null: recognised, but not read
  std::string_view name;
};

constexpr Format kFormats[] = {
    {"\x1f\x8b"sv, make_gzip_source, "gzip"},          // RFC 1952, 2.3.1
    {"\xfd\x37zXZ\0"sv, make_xz_source, "xz"},         // .xz format, 2.1.1.1
    {"\x28\xb5\x2f\xfd"sv, make_zstd_source, "zstd"},  // RFC 8878, 3.1.1
    {"BZh"sv, nullptr, "bzip2"},
    {"\x04\x22\x4d\x18"sv, nullptr, "lz4"},
    {"PK\x03\x04"sv, nullptr, "zip"},
};
constexpr std::size_t kLongestMagic = 6;

/// RFC 8878, 3.1.2: frames 0x184D2A50 to 0x184D2A5F, with which parallel compressors begin.
bool is_skippable_zstd_frame(std::string_view bytes) {
  return bytes.size() >= 4 && (bytes[0] & 0xf0) == 0x50 && bytes.substr(1, 3) == "\x2a\x4d\x18"sv;
}

}  // namespace

BufferedInput decompressed(std::unique_ptr<ByteSource> source) {
  BufferedInput input(std::move(source));
  input.require(kLongestMagic);
  if (is_skippable_zstd_frame(input.view()))
    return BufferedInput(make_zstd_source(std::move(input)));
  for (const Format& format : kFormats) {
    if (input.view().substr(0, format.magic.size()) != format.magic) continue;
    if (format.make != nullptr) return BufferedInput(format.make(std::move(input)));
    throw InputError(fmt::format("{}: byte 0: found {} data, expected plain, gzip, xz or zstd data",
                                 input.name(), format.name));
  }
  return input;
}

Decompressor::Decompressor(BufferedInput compressed, std::string_view format)
    : ByteSource(compressed.name()), compressed_(std::move(compressed)), format_(format) {}

std::size_t Decompressor::read(char* buffer, std::size_t capacity) {
  while (true) {
    if (compressed_.size() == 0 && !compressed_.refill()) input_ = Input::last;
    const bool exhausted = compressed_.size() == 0;
    if (exhausted && complete()) return 0;
    const Step taken = step(compressed_.view(), input_, buffer, capacity);
    compressed_.consume(taken.consumed);
    if (taken.produced != 0) return taken.produced;
    if (exhausted && !complete()) {
      throw InputError(fmt::format(
          "{}: byte {} of the compressed data: found its end, expected the rest of the {} stream",
          name(), compressed_.offset(), format_));
    }
  }
}

void Decompressor::fail_damaged(std::size_t consumed, std::string_view reason) const {
  throw InputError(fmt::format(
      "{}: at or before byte {} of the compressed data: found damage ({}), expected a {} stream",
      name(), compressed_.offset() + consumed, reason, format_));
}

void Decompressor::fail_too_large(std::string_view limit) const {
  throw InputError(fmt::format(
      "{}: byte {} of the compressed data: found a {} stream that needs more than {} of memory, "
      "expected one that needs less",
      name(), compressed_.offset(), format_, limit));
}

}  // namespace tlmmu
