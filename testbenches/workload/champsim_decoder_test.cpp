// SPDX-License-Identifier: Apache-2.0
#include "models/workload/champsim_decoder.h"

#include <gmock/gmock.h>

#include "testbenches/workload/trace_bytes.h"

namespace tlmmu {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(ChampSimDecoder, makes_a_fetch_then_loads_then_stores) {
  const ChampSimRecord record{0x401000, 0, 0, {0x7000, 0x8000}, {0x1000, 0x2000, 0x3000, 0x4000}};
  const Decoded trace = decode_all(record.bytes());
  EXPECT_EQ(trace.error, "");
  EXPECT_THAT(
      trace.accesses,
      ElementsAre(fetch_of(0x401000, 4), load_of(0x1000, 8), load_of(0x2000, 8), load_of(0x3000, 8),
                  load_of(0x4000, 8), store_of(0x7000, 8), store_of(0x8000, 8)));
}

TEST(ChampSimDecoder, leaves_out_operands_that_are_zero) {
  const ChampSimRecord branch{0x401000, 1, 1, {}, {}};
  const ChampSimRecord gaps{0x401004, 0, 0, {0, 0x8000}, {0, 0x2000, 0, 0x4000}};
  EXPECT_THAT(decode_all(branch.bytes() + gaps.bytes()).accesses,
              ElementsAre(fetch_of(0x401000, 4), fetch_of(0x401004, 4), load_of(0x2000, 8),
                          load_of(0x4000, 8), store_of(0x8000, 8)));
}

TEST(ChampSimDecoder, ends_each_access_with_its_line) {
  const ChampSimRecord record{0x401fff, 0, 0, {~std::uint64_t{0}}, {0x103a, 0x1038}};
  EXPECT_THAT(decode_all(record.bytes()).accesses,
              ElementsAre(fetch_of(0x401fff, 1), load_of(0x103a, 6), load_of(0x1038, 8),
                          store_of(~std::uint64_t{0}, 1)));
}

TEST(ChampSimDecoder, takes_kernel_addresses) {
  const ChampSimRecord record{0xffffffff81000000, 0, 0, {}, {0xffff888000001000}};
  EXPECT_THAT(decode_all(record.bytes()).accesses,
              ElementsAre(fetch_of(0xffffffff81000000, 4), load_of(0xffff888000001000, 8)));
}

TEST(ChampSimDecoder, names_the_byte_of_a_truncated_record) {
  const std::string record = ChampSimRecord{}.bytes();
  const Decoded trace = decode_all(record + record.substr(0, 63));
  EXPECT_THAT(trace.accesses, ElementsAre(fetch_of(0x401000, 4)));
  EXPECT_EQ(
      trace.error,
      "trace: byte 64 of the uncompressed data: found 63 bytes and the end, expected a record of "
      "64 bytes");
}

TEST(ChampSimDecoder, names_the_byte_where_the_records_stop_making_sense) {
  const std::string record = ChampSimRecord{}.bytes();
  ChampSimRecord bad_branch;
  bad_branch.is_branch = 17;
  ChampSimRecord bad_taken;
  bad_taken.branch_taken = 2;
  EXPECT_THAT(decode_all(record + record + bad_branch.bytes()).error,
              AllOf(HasSubstr("byte 128 of the uncompressed data"), HasSubstr("is_branch = 17")));
  EXPECT_THAT(decode_all(record + bad_taken.bytes()).error,
              AllOf(HasSubstr("byte 64 of the uncompressed data"), HasSubstr("branch_taken = 2")));
}

TEST(ChampSimDecoder, refuses_binaries_that_are_no_trace) {
  const std::string elf(
      "\x7f"
      "ELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00",
      20);
  const std::string png("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 16);
  ChampSimRecord not_canonical;
  not_canonical.ip = std::uint64_t{1} << 50U;
  for (const std::string& bytes :
       {elf + std::string(200, '\0'), png + std::string(200, '\0'), std::string(640, '\0'),
        not_canonical.bytes(), std::string("\0\1\2", 3)}) {
    const Decoded trace = decode_all(bytes);
    EXPECT_THAT(trace.accesses, IsEmpty());
    EXPECT_THAT(trace.error, AllOf(HasSubstr("trace: byte 0 of the uncompressed data: found \""),
                                   HasSubstr("expected valgrind lackey text or ChampSim records")));
  }
}

TEST(ChampSimDecoder, does_not_care_how_the_bytes_arrive) {
  std::string bytes;
  for (std::uint64_t i = 1; i < 500; ++i) {
    bytes += ChampSimRecord{0x401000 + 4 * i, 0, 0, {0x9000 + 8 * i}, {i % 3, i * 64}}.bytes();
  }
  const Decoded whole = decode_all(bytes);
  EXPECT_EQ(whole.error, "");
  for (const std::size_t piece : {1U, 63U, 100U, 5000U}) {
    EXPECT_EQ(decode_all(bytes_in_pieces(bytes, piece)).accesses, whole.accesses);
  }
}

}  // namespace
}  // namespace tlmmu
