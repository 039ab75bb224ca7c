// SPDX-License-Identifier: Apache-2.0
#include <zstd.h>
#include <zstd_errors.h>

#include <new>

#include "models/workload/decompression.h"

namespace tlmmu {
namespace {

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class ZstdSource : public Decompressor {
 public:
  explicit ZstdSource(BufferedInput compressed)
      : Decompressor(std::move(compressed), "zstd"), context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
  }

 protected:
  Step step(std::string_view compressed, Input /*input*/, char* plain,
            std::size_t capacity) override {
    ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
    ZSTD_outBuffer out{plain, capacity, 0};
    const std::size_t result = ZSTD_decompressStream(context_.get(), &out, &in);
    if (ZSTD_isError(result) != 0) fail(in.pos, result);
    // No input and nothing left to write out tells nothing about the frame.
    if (in.pos != 0 || out.pos != 0) between_frames_ = result == 0;
    return {in.pos, out.pos};
  }

  bool complete() const override { return between_frames_; }

 private:
  [[noreturn]] void fail(std::size_t consumed, std::size_t result) const {
    const ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
    if (code == ZSTD_error_memory_allocation) throw std::bad_alloc();
    // The library's own limit, ZSTD_WINDOWLOG_LIMIT_DEFAULT.
    if (code == ZSTD_error_frameParameter_windowTooLarge) fail_too_large("128 MiB");
    fail_damaged(consumed, ZSTD_getErrorString(code));
  }

  std::unique_ptr<ZSTD_DCtx, FreeContext> context_;
  bool between_frames_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> make_zstd_source(BufferedInput compressed) {
  return std::make_unique<ZstdSource>(std::move(compressed));
}

}  // namespace tlmmu
