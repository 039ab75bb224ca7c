// SPDX-License-Identifier: Apache-2.0
#include <lzma.h>

#include <new>

#include "models/workload/decompression.h"

namespace tlmmu {
namespace {

/// xz -9 needs 65 MiB; what asks for more than this is an odd file, or damage.
constexpr std::uint64_t kMemoryLimit = std::uint64_t{256} << 20U;

const char* reason_of(lzma_ret result) {
  switch (result) {
    case LZMA_FORMAT_ERROR:
      return "no xz header";
    case LZMA_OPTIONS_ERROR:
      return "unknown options in an xz header";
    case LZMA_DATA_ERROR:
      return "corrupt data or a wrong check";
    default:
      return "no xz data";
  }
}

class XzSource : public Decompressor {
 public:
  explicit XzSource(BufferedInput compressed) : Decompressor(std::move(compressed), "xz") {
    if (lzma_stream_decoder(&stream_, kMemoryLimit, LZMA_CONCATENATED) != LZMA_OK) {
      throw std::bad_alloc();
    }
  }
  ~XzSource() override { lzma_end(&stream_); }
  XzSource(const XzSource&) = delete;
  XzSource& operator=(const XzSource&) = delete;

 protected:
  Step step(std::string_view compressed, Input input, char* plain, std::size_t capacity) override {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(compressed.data());
    stream_.avail_in = compressed.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(plain);
    stream_.avail_out = capacity;
    const lzma_ret result = lzma_code(&stream_, input == Input::last ? LZMA_FINISH : LZMA_RUN);
    const std::size_t consumed = compressed.size() - stream_.avail_in;
    if (result == LZMA_STREAM_END) {
      complete_ = true;
    } else if (result == LZMA_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result == LZMA_MEMLIMIT_ERROR) {
      fail_too_large("256 MiB");
    } else if (result != LZMA_OK && result != LZMA_BUF_ERROR) {
      fail_damaged(consumed, reason_of(result));
    }
    return {consumed, capacity - stream_.avail_out};
  }

  bool complete() const override { return complete_; }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool complete_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> make_xz_source(BufferedInput compressed) {
  return std::make_unique<XzSource>(std::move(compressed));
}

}  // namespace tlmmu
