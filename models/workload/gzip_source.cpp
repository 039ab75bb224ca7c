// SPDX-License-Identifier: Apache-2.0
#define ZLIB_CONST  // next_in points to const
#include <zlib.h>

#include <algorithm>
#include <new>

#include "models/workload/decompression.h"

namespace tlmmu {
namespace {

class GzipSource : public Decompressor {
 public:
  explicit GzipSource(BufferedInput compressed) : Decompressor(std::move(compressed), "gzip") {
    constexpr int kGzipOnly = 16;  // added to the window bits: neither raw nor zlib streams
    if (inflateInit2(&stream_, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

 protected:
  Step step(std::string_view compressed, Input /*input*/, char* plain,
            std::size_t capacity) override {
    if (between_members_) return step_between(compressed);
    stream_.next_in = reinterpret_cast<const Bytef*>(compressed.data());
    stream_.avail_in = static_cast<uInt>(compressed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(plain);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(capacity, kMaxStep));
    const uInt offered = stream_.avail_out;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    const std::size_t consumed = compressed.size() - stream_.avail_in;
    if (result == Z_STREAM_END) {
      between_members_ = true;
    } else if (result == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      fail_damaged(consumed, stream_.msg != nullptr ? stream_.msg : "no gzip data");
    }
    return {consumed, offered - stream_.avail_out};
  }

  bool complete() const override { return between_members_; }

 private:
  static constexpr std::size_t kMaxStep = std::size_t{1} << 30U;  // zlib counts in 32 bits

  /// RFC 1952: members simply follow each other. Zeros behind the last one are padding (of a tape).
  Step step_between(std::string_view compressed) {
    const std::size_t zeros = std::min(compressed.find_first_not_of('\0'), compressed.size());
    if (zeros < compressed.size()) {
      if (compressed[zeros] != '\x1f') fail_damaged(zeros, "other data behind the last member");
      inflateReset(&stream_);
      between_members_ = false;
    }
    return {zeros, 0};
  }

  z_stream stream_{};
  bool between_members_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> make_gzip_source(BufferedInput compressed) {
  return std::make_unique<GzipSource>(std::move(compressed));
}

}  // namespace tlmmu
