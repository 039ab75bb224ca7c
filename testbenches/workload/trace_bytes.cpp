// SPDX-License-Identifier: Apache-2.0
#include "testbenches/workload/trace_bytes.h"

#include <fmt/compile.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <lzma.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "models/base/error.h"
#include "models/workload/trace_decoder.h"

namespace tlmmu {
namespace {

void expect_ok(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(what);
}

class PiecesSource : public ByteSource {
 public:
  PiecesSource(std::string bytes, std::size_t piece)
      : ByteSource("trace"), bytes_(std::move(bytes)), piece_(piece) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t count = std::min({capacity, piece_, bytes_.size() - at_});
    std::memcpy(buffer, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

}  // namespace

std::string gzip_compressed(const std::string& plain) {
  z_stream stream{};
  expect_ok(deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK,
            "deflate");
  std::string result(deflateBound(&stream, plain.size()), '\0');
  std::string input = plain;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  expect_ok(deflate(&stream, Z_FINISH) == Z_STREAM_END, "deflate");
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

std::string xz_compressed(const std::string& plain) {
  std::string result(lzma_stream_buffer_bound(plain.size()), '\0');
  std::size_t size = 0;
  const auto status = lzma_easy_buffer_encode(
      0, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(plain.data()),
      plain.size(), reinterpret_cast<std::uint8_t*>(result.data()), &size, result.size());
  expect_ok(status == LZMA_OK, "lzma");
  result.resize(size);
  return result;
}

std::string zstd_compressed(const std::string& plain) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string result(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context.get(), result.data(), result.size(), plain.data(), plain.size());
  expect_ok(ZSTD_isError(size) == 0, "zstd");
  result.resize(size);
  return result;
}

std::string ChampSimRecord::bytes() const {
  std::string record(64, '\0');
  std::memcpy(record.data(), &ip, sizeof ip);
  record[8] = static_cast<char>(is_branch);
  record[9] = static_cast<char>(branch_taken);
  const auto place = [&](std::size_t at, const std::vector<std::uint64_t>& operands) {
    for (std::size_t i = 0; i < operands.size(); ++i) {
      std::memcpy(record.data() + at + 8 * i, &operands[i], 8);
    }
  };
  place(16, destination_memory);
  place(32, source_memory);
  return record;
}

std::string lackey_loads(std::uint64_t lines) {
  fmt::memory_buffer text;
  for (std::uint64_t i = 0; i < lines; ++i) {
    fmt::format_to(std::back_inserter(text), FMT_COMPILE(" L {:08x},8\n"), 0x04000000 + 8 * i);
  }
  return fmt::to_string(text);
}

std::unique_ptr<ByteSource> bytes_in_pieces(std::string bytes, std::size_t piece) {
  return std::make_unique<PiecesSource>(std::move(bytes), piece);
}

std::unique_ptr<ByteSource> bytes_at_once(std::string bytes) {
  return bytes_in_pieces(std::move(bytes), std::numeric_limits<std::size_t>::max());
}

Decoded decode_all(std::unique_ptr<ByteSource> source) {
  Decoded result;
  DecodedBatch batch;
  const auto keep = [&] {
    result.accesses.insert(result.accesses.end(), batch.data(), batch.data() + batch.size());
  };
  try {
    const auto decoder = make_trace_decoder(std::move(source));
    do {
      decoder->decode(batch, DecodedBatch::kCapacity);
      keep();
    } while (batch.size() >= DecodedBatch::kCapacity);
  } catch (const InputError& error) {
    keep();
    result.error = error.what();
  }
  return result;
}

Decoded decode_all(const std::string& bytes) {
  return decode_all(bytes_at_once(bytes));
}

Decoded read_all(AccessSource& source) {
  Decoded result;
  try {
    while (source.next_batch()) {
      result.accesses.insert(result.accesses.end(), source.begin(), source.end());
    }
  } catch (const InputError& error) {
    result.error = error.what();
  }
  return result;
}

TemporaryFile::TemporaryFile(const std::string& content)
    : path_(testing::TempDir() + "tlmmu_trace_XXXXXX") {
  const int descriptor = ::mkstemp(path_.data());
  expect_ok(descriptor >= 0, "mkstemp");
  ::close(descriptor);
  std::ofstream(path_, std::ios::binary) << content;
}

TemporaryFile::~TemporaryFile() {
  ::unlink(path_.c_str());
}

Pipe::Pipe() {
  expect_ok(::pipe(ends_) == 0, "pipe");
}

Pipe::~Pipe() {
  ::close(ends_[0]);
  close_write();
}

std::string Pipe::read_path() const {
  return fmt::format("/dev/fd/{}", ends_[0]);
}

void Pipe::write(const std::string& bytes) const {
  expect_ok(::write(ends_[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
            "write");
}

void Pipe::close_write() {
  if (ends_[1] >= 0) ::close(ends_[1]);
  ends_[1] = -1;
}

}  // namespace tlmmu
