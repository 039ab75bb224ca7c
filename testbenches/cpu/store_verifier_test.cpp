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
