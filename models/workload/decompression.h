// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "models/workload/buffered_input.h"

namespace tlmmu {

/// Plain bytes from a stream that is plain, gzip, xz or zstd compressed; which one, its first bytes
/// say. All members (frames, streams) of a compressed stream are read one after the other. A stream
/// that is cut off or damaged, or that is compressed by something else, is an InputError that names
/// the byte of the compressed data.
BufferedInput decompressed(std::unique_ptr<ByteSource> source);

/// A library that decompresses, one format each, behind one loop.
class Decompressor : public ByteSource {
 public:
  std::size_t read(char* buffer, std::size_t capacity) final;

 protected:
  /// `format` is what messages call it and outlives the object.
  Decompressor(BufferedInput compressed, std::string_view format);

  struct Step {
    std::size_t consumed;  ///< compressed bytes taken
    std::size_t produced;  ///< plain bytes written
  };
  /// Whether more compressed bytes may come behind those that a step is shown.
  enum class Input { more, last };
  /// Takes what it can of `compressed`, and writes what it can into `plain`.
  virtual Step step(std::string_view compressed, Input input, char* plain,
                    std::size_t capacity) = 0;
  /// Whether the stream may end here.
  virtual bool complete() const = 0;

  /// Damage, met after the first `consumed` bytes of the window.
  [[noreturn]] void fail_damaged(std::size_t consumed, std::string_view reason) const;
  /// Memory that decompression may take, for the dictionary of what came before.
  [[noreturn]] void fail_too_large(std::string_view limit) const;

 private:
  BufferedInput compressed_;
  std::string_view format_;
  Input input_ = Input::more;
};

std::unique_ptr<ByteSource> make_gzip_source(BufferedInput compressed);
std::unique_ptr<ByteSource> make_xz_source(BufferedInput compressed);
std::unique_ptr<ByteSource> make_zstd_source(BufferedInput compressed);

}  // namespace tlmmu
