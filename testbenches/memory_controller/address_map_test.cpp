// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/address_map.h"

#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/base/random.h"
#include "models/dram/dram_config.h"
#include "models/memory_controller/memory_controller_config.h"

namespace tlmmu {
namespace {

using ::testing::HasSubstr;

const DramGeometry kDdr4 = DramConfig(DramPreset::ddr4_2400).geometry;

TEST(DramAddressMap, the_default_spells_out_for_each_preset) {
  const std::string text = MemoryControllerConfig().address_mapping;
  EXPECT_EQ(DramAddressMap(text, kDdr4).text(),
            "row:16 rank:0 bank:2 column:7 bank_group:2 channel:0 offset:6");
  EXPECT_EQ(DramAddressMap(text, DramConfig(DramPreset::ddr5_4800).geometry).text(),
            "row:16 rank:0 bank:2 column:6 bank_group:3 channel:1 offset:6");
  EXPECT_EQ(DramAddressMap(text, DramConfig(DramPreset::lpddr4_3200).geometry).text(),
            "row:16 rank:0 bank:3 column:6 bank_group:0 channel:1 offset:5");
}

TEST(DramAddressMap, what_it_spells_out_means_the_same) {
  const DramAddressMap map("bank row:3 column:2 bank_group row column offset", kDdr4);
  EXPECT_EQ(map.text(), "bank:2 row:3 column:2 bank_group:2 row:13 column:5 offset:6");
  const DramAddressMap again(map.text(), kDdr4);
  for (std::uint64_t offset = 1; offset < kDdr4.capacity().value(); offset *= 3) {
    EXPECT_EQ(map.decode(offset), again.decode(offset));
  }
}

TEST(DramAddressMap, the_first_field_has_the_most_significant_bits) {
  const DramAddressMap map("row bank column bank_group offset", kDdr4);
  const BurstAddress a = map.decode((5ULL << 17U) | (2U << 15U) | (99U << 8U) | (3U << 6U) | 63U);
  EXPECT_EQ(a, (BurstAddress{0, 0, 3, 2, 5, 99}));
}

TEST(DramAddressMap, the_upper_piece_of_a_split_field_has_its_upper_bits) {
  const DramAddressMap map("row column:3 bank bank_group column:4 offset", kDdr4);
  EXPECT_EQ(map.decode(1U << 6U).column, 1U);
  EXPECT_EQ(map.decode(1U << (6U + 4U + 4U)).column, 16U);
}

/// A small geometry with every field, to try all of its addresses.
DramGeometry small() {
  return {2, 2, 2, 2, 4, 32, 16, 8};
}

TEST(DramAddressMap, is_one_to_one_over_the_whole_memory) {
  for (const char* text : {"row rank bank column bank_group channel offset",
                           "channel rank bank_group bank row column offset",
                           "column:1 row:1 rank channel bank row column bank_group offset"}) {
    const DramAddressMap map(text, small());
    for (std::uint64_t offset = 0; offset < small().capacity().value(); offset += 16) {
      const BurstAddress place = map.decode(offset + 15);
      ASSERT_LT(place.row, 4U);
      ASSERT_LT(place.column, 4U);
      ASSERT_EQ(map.encode(place), offset) << text;
    }
  }
}

TEST(DramAddressMap, random_places_come_back) {
  constexpr std::uint64_t kSeed = 31;
  Random random(kSeed);
  const DramGeometry geometry = DramConfig(DramPreset::ddr5_4800).geometry;
  const DramAddressMap map(MemoryControllerConfig().address_mapping, geometry);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t offset = random.below(geometry.capacity().value()) & ~std::uint64_t{63};
    EXPECT_EQ(map.encode(map.decode(offset)), offset) << "seed " << kSeed;
  }
}

std::string problem(const char* text) {
  return DramAddressMap::problem(text, kDdr4).value_or("none");
}

TEST(DramAddressMap, malformed_texts_are_told_clearly) {
  EXPECT_EQ(problem(""), "row: has 0 bits, the DRAM's geometry has 16");
  EXPECT_EQ(problem("row bank column offset"), "bank_group: has 0 bits, the DRAM's geometry has 2");
  EXPECT_EQ(problem("row:15 bank column bank_group offset"),
            "row: has 15 bits, the DRAM's geometry has 16");
  EXPECT_EQ(problem("row:17 bank column bank_group offset"),
            "row: has 17 bits, the DRAM's geometry has 16");
  EXPECT_EQ(problem("row row bank column bank_group offset"),
            "row: only one of its pieces may come without a number of bits");
  EXPECT_EQ(problem("row:17 row bank column bank_group offset"),
            "row: has 17 bits, the DRAM's geometry has 16");
  EXPECT_EQ(problem("row channel:1 bank column bank_group offset"),
            "channel: has 1 bits, the DRAM's geometry has 0");
  EXPECT_EQ(problem("offset row bank column bank_group"),
            "offset: must be in one piece and come last");
  EXPECT_EQ(problem("row bank column offset:3 bank_group offset:3"),
            "offset: must be in one piece and come last");
  EXPECT_THAT(problem("row cow"), HasSubstr("\"cow\": expected row, rank, bank_group"));
  EXPECT_THAT(problem("row: bank"), HasSubstr("\"row:\": expected a number of bits"));
  EXPECT_THAT(problem("row:x"), HasSubstr("expected a number of bits"));
  EXPECT_THAT(problem("row:-1"), HasSubstr("expected a number of bits"));
  EXPECT_THAT(problem("row:100"), HasSubstr("expected a number of bits"));
}

TEST(DramAddressMap, cannot_be_made_from_a_malformed_text) {
  EXPECT_THROW(DramAddressMap("row", kDdr4), InputError);
}

}  // namespace
}  // namespace tlmmu
