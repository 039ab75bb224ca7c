// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/store_verifier.h"

#include <gmock/gmock.h>

#include <array>

namespace tlmmu {
namespace {

constexpr VirtualAddress kPlace{0x7000'0008};

TEST(StoreVerifier, a_load_of_what_was_stored_matches) {
  StoreVerifier verifier;
  std::array<unsigned char, 32> data{};
  verifier.fill(1, kPlace, data.data(), data.size());
  verifier.check(1, kPlace, data.data(), data.size());
  EXPECT_EQ(verifier.stats().loads_checked, 1U);
  EXPECT_EQ(verifier.stats().bytes_checked, 32U);
  EXPECT_EQ(verifier.stats().mismatches, 0U);
}

TEST(StoreVerifier, a_single_wrong_byte_is_a_mismatch_that_is_named) {
  StoreVerifier verifier;
  std::array<unsigned char, 8> data{};
  verifier.fill(3, kPlace, data.data(), data.size());
  data[5] ^= 1U;
  verifier.check(3, kPlace, data.data(), data.size());
  EXPECT_EQ(verifier.stats().mismatches, 1U);
  ASSERT_TRUE(verifier.first_mismatch());
  EXPECT_THAT(*verifier.first_mismatch(), testing::HasSubstr("process 3 loaded"));
  EXPECT_THAT(*verifier.first_mismatch(), testing::HasSubstr("0x7000000d"));
}

TEST(StoreVerifier, what_was_copied_to_a_file_is_found_there_by_copies_and_mappings) {
  StoreVerifier verifier;
  constexpr kernel::FileId kFile{2};
  std::array<unsigned char, 4> data{1, 2, 3, 4};
  verifier.copied_to_file(kFile, Bytes(4094), data.data(), 2);
  kernel::MapRequest request;
  request.length = kPageBytes;
  request.contents = kernel::FilePart{kFile, 0};
  verifier.expected().called(1, MapCall{request}, 0x10000);
  verifier.check(1, VirtualAddress(0x10ffc), data.data(), data.size());
  EXPECT_EQ(verifier.stats().mismatches, 1U) << "3, 4 where 1, 2 must be";
  EXPECT_EQ(verifier.stats().bytes_checked, 2U);
  verifier.check_file(kFile, Bytes(4094), data.data(), 2);
  EXPECT_EQ(verifier.stats().mismatches, 1U);
  verifier.check_file(kFile, Bytes(4094), data.data() + 1, 2);
  EXPECT_EQ(verifier.stats().mismatches, 2U);
}

TEST(StoreVerifier, a_copy_in_a_file_that_is_wrong_is_named) {
  StoreVerifier verifier;
  std::array<unsigned char, 2> data{1, 2};
  verifier.copied_to_file(kernel::FileId(2), Bytes(8192), data.data(), data.size());
  data[1] = 9;
  verifier.check_file(kernel::FileId(2), Bytes(8192), data.data(), data.size());
  ASSERT_TRUE(verifier.first_mismatch());
  EXPECT_EQ(*verifier.first_mismatch(),
            "the kernel found 0x09 at byte 8193 of file 2, where 0x02 must be");
}

TEST(StoreVerifier, what_was_copied_to_a_process_must_be_loaded_by_it) {
  StoreVerifier verifier;
  std::array<unsigned char, 2> data{1, 2};
  verifier.copied(1, kPlace, data.data(), data.size());
  verifier.check(1, kPlace, data.data(), data.size());
  EXPECT_EQ(verifier.stats().mismatches, 0U);
  data[0] = 7;
  verifier.check(1, kPlace, data.data(), data.size());
  EXPECT_EQ(verifier.stats().mismatches, 1U);
}

TEST(StoreVerifier, bytes_that_were_never_stored_may_be_anything) {
  StoreVerifier verifier;
  std::array<unsigned char, 8> data{1, 2, 3};
  verifier.check(0, kPlace, data.data(), data.size());
  EXPECT_EQ(verifier.stats().loads_checked, 0U);
  EXPECT_EQ(verifier.stats().mismatches, 0U);
}

TEST(StoreVerifier, a_later_store_replaces_what_is_expected) {
  StoreVerifier verifier;
  std::array<unsigned char, 8> first{};
  std::array<unsigned char, 8> second{};
  verifier.fill(0, kPlace, first.data(), first.size());
  verifier.fill(0, kPlace, second.data(), second.size());
  EXPECT_NE(first, second) << "each store has a pattern of its own";
  verifier.check(0, kPlace, second.data(), second.size());
  EXPECT_EQ(verifier.stats().mismatches, 0U);
  verifier.check(0, kPlace, first.data(), first.size());
  EXPECT_EQ(verifier.stats().mismatches, 1U);
}

TEST(StoreVerifier, processes_do_not_share_what_they_stored) {
  StoreVerifier verifier;
  std::array<unsigned char, 8> one{};
  std::array<unsigned char, 8> two{};
  verifier.fill(1, kPlace, one.data(), one.size());
  verifier.fill(2, kPlace, two.data(), two.size());
  EXPECT_NE(one, two);
  verifier.check(1, kPlace, two.data(), two.size());
  EXPECT_EQ(verifier.stats().mismatches, 1U);
}

}  // namespace
}  // namespace tlmmu
