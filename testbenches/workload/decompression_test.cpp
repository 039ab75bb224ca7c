// SPDX-License-Identifier: Apache-2.0
#include "models/workload/decompression.h"

#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/base/random.h"
#include "testbenches/workload/trace_bytes.h"

namespace tlmmu {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

struct Plain {
  std::string bytes;
  std::string error;
};

Plain read_plain(std::unique_ptr<ByteSource> source) {
  Plain result;
  try {
    BufferedInput input = decompressed(std::move(source));
    do {
      result.bytes += input.view();
      input.consume(input.size());
    } while (input.refill());
  } catch (const InputError& error) {
    result.error = error.what();
  }
  return result;
}

Plain read_plain(const std::string& bytes) {
  return read_plain(bytes_at_once(bytes));
}

struct Compressor {
  const char* name;
  std::string (*compress)(const std::string&);
};

std::ostream& operator<<(std::ostream& out, const Compressor& compressor) {
  return out << compressor.name;
}

class Compressed : public testing::TestWithParam<Compressor> {
 protected:
  /// Some text that does not compress to nothing, larger than one window.
  static const std::string& some_text() {
    static const std::string text = [] {
      Random random(11);
      std::string numbers;
      while (numbers.size() < 280'000) numbers += std::to_string(random.next()) + "000000000\n";
      return numbers;
    }();
    return text;
  }
  static std::string compress(const std::string& plain) { return GetParam().compress(plain); }
};

TEST_P(Compressed, streams_come_out_as_they_went_in) {
  const Plain plain = read_plain(compress(some_text()));
  EXPECT_EQ(plain.error, "");
  EXPECT_TRUE(plain.bytes == some_text());
}

TEST_P(Compressed, streams_may_arrive_byte_by_byte) {
  const std::string text = some_text().substr(0, 20'000);
  const Plain plain = read_plain(bytes_in_pieces(compress(text), 1));
  EXPECT_EQ(plain.error, "");
  EXPECT_TRUE(plain.bytes == text);
}

TEST_P(Compressed, members_follow_each_other) {
  const Plain plain = read_plain(compress("one\n") + compress("") + compress("two\n"));
  EXPECT_EQ(plain.error, "");
  EXPECT_EQ(plain.bytes, "one\ntwo\n");
}

TEST_P(Compressed, nothing_is_nothing) {
  const Plain plain = read_plain(compress(""));
  EXPECT_EQ(plain.error, "");
  EXPECT_EQ(plain.bytes, "");
}

TEST_P(Compressed, stream_cut_off_anywhere_is_an_error_at_its_last_byte) {
  const std::string whole = compress(some_text().substr(0, 500));
  for (std::size_t length = 6; length < whole.size(); ++length) {
    const std::string expected =
        "trace: byte " + std::to_string(length) +
        " of the compressed data: found its end, expected the rest of the ";
    ASSERT_THAT(read_plain(whole.substr(0, length)).error, StartsWith(expected + GetParam().name));
  }
}

TEST_P(Compressed, second_member_cut_off_is_an_error_after_the_first_came_out) {
  const std::string text = some_text().substr(0, 20'000);
  const std::string member = compress(text);
  const Plain plain = read_plain(member + member.substr(0, member.size() / 2));
  EXPECT_THAT(plain.error, HasSubstr("found its end"));
  EXPECT_GE(plain.bytes.size(), text.size());
}

TEST_P(Compressed, damage_is_an_error_that_names_a_byte) {
  std::string damaged = compress(some_text());
  for (std::size_t i = 0; i < 16; ++i) damaged[damaged.size() / 2 + i] ^= 0x55;
  EXPECT_THAT(read_plain(damaged).error, AllOf(StartsWith("trace: at or before byte "),
                                               HasSubstr("of the compressed data: found damage ("),
                                               HasSubstr(GetParam().name)));
}

TEST_P(Compressed, checksum_is_checked) {
  // All three formats end in a check or have one close to the end.
  std::string damaged = compress(some_text());
  const std::size_t check = std::string(GetParam().name) == "gzip" ? damaged.size() - 8
                            : std::string(GetParam().name) == "xz" ? damaged.size() - 40
                                                                   : damaged.size() - 4;
  damaged[check] = static_cast<char>(damaged[check] ^ 1);
  EXPECT_THAT(read_plain(damaged).error, HasSubstr("found damage"));
}

TEST_P(Compressed, stream_followed_by_something_else_is_an_error) {
  const Plain plain = read_plain(compress("one\n") + "something else that is longer");
  EXPECT_THAT(plain.error, HasSubstr("found damage"));
}

INSTANTIATE_TEST_SUITE_P(Formats, Compressed,
                         testing::Values(Compressor{"gzip", gzip_compressed},
                                         Compressor{"xz", xz_compressed},
                                         Compressor{"zstd", zstd_compressed}),
                         [](const auto& format) { return std::string(format.param.name); });

TEST(Decompression, leaves_plain_bytes_alone) {
  for (const std::string& text :
       {std::string("hello"), std::string(), std::string("\x1f"), std::string(1'000'000, 'x')}) {
    const Plain plain = read_plain(text);
    EXPECT_EQ(plain.error, "");
    EXPECT_TRUE(plain.bytes == text);
  }
}

TEST(Decompression, takes_zero_padding_after_gzip) {
  const Plain plain = read_plain(gzip_compressed("one\n") + std::string(1000, '\0'));
  EXPECT_EQ(plain.error, "");
  EXPECT_EQ(plain.bytes, "one\n");
}

TEST(Decompression, takes_zstd_that_begins_with_a_skippable_frame) {
  const std::string skippable("\x50\x2a\x4d\x18\x04\x00\x00\x00????", 12);
  const Plain plain = read_plain(skippable + zstd_compressed("one\n"));
  EXPECT_EQ(plain.error, "");
  EXPECT_EQ(plain.bytes, "one\n");
}

TEST(Decompression, names_compressors_that_it_does_not_read) {
  EXPECT_THAT(read_plain("BZh91AY&SY").error,
              HasSubstr("byte 0: found bzip2 data, expected plain, gzip"));
  EXPECT_THAT(read_plain("\x04\x22\x4d\x18..").error, HasSubstr("found lz4 data"));
  EXPECT_THAT(read_plain(std::string("PK\x03\x04\x14\x00", 6)).error, HasSubstr("found zip data"));
}

TEST(Decompression, refuses_zstd_with_a_window_beyond_its_memory) {
  // Frame header without content size and checksum, window descriptor 0xa8: 2^31 bytes.
  const std::string frame("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", 9);
  EXPECT_THAT(read_plain(frame).error, HasSubstr("needs more than 128 MiB of memory"));
}

}  // namespace
}  // namespace tlmmu
