// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/page_store.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "models/base/random.h"

namespace tlmmu {
namespace {

std::vector<unsigned char> read(const PageStore& store, std::uint64_t offset, std::size_t length) {
  std::vector<unsigned char> bytes(length, 0xee);
  store.read(offset, bytes.data(), length);
  return bytes;
}

TEST(PageStore, what_was_never_written_reads_as_zeros) {
  const PageStore store(mebibytes(64));
  EXPECT_EQ(read(store, 12'345, 9000), std::vector<unsigned char>(9000, 0));
  EXPECT_EQ(store.pages(), 0U);
}

TEST(PageStore, a_page_exists_from_its_first_write_on) {
  PageStore store(mebibytes(64));
  const unsigned char byte = 7;
  store.write(4096, &byte, 1);
  store.write(8191, &byte, 1);
  EXPECT_EQ(store.pages(), 1U);
  EXPECT_EQ(read(store, 4096, 2), (std::vector<unsigned char>{7, 0}));
}

TEST(PageStore, an_access_may_cross_pages_and_tables) {
  PageStore store(mebibytes(64));
  std::vector<unsigned char> data(10'000);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<unsigned char>(i * 31);
  const std::uint64_t offset = mebibytes(8).value() - 5000;
  store.write(offset, data.data(), data.size());
  EXPECT_EQ(read(store, offset, data.size()), data);
  EXPECT_EQ(store.pages(), 4U);
}

TEST(PageStore, a_tebibyte_costs_only_what_is_touched) {
  PageStore store(gibibytes(1024));
  const unsigned char byte = 9;
  const std::uint64_t last = gibibytes(1024).value() - 1;
  store.write(last, &byte, 1);
  EXPECT_EQ(read(store, last, 1)[0], 9);
  EXPECT_EQ(store.pages(), 1U);
}

TEST(PageStore, knows_its_end) {
  const PageStore store(kibibytes(12));
  EXPECT_TRUE(store.contains(0, 12'288));
  EXPECT_TRUE(store.contains(12'287, 1));
  EXPECT_FALSE(store.contains(12'288, 1));
  EXPECT_FALSE(store.contains(12'287, 2));
  EXPECT_FALSE(store.contains(~std::uint64_t{0}, 2));
}

TEST(PageStore, agrees_with_a_map_of_bytes) {
  constexpr std::uint64_t kSeed = 77;
  Random random(kSeed);
  PageStore store(mebibytes(32));
  std::map<std::uint64_t, unsigned char> model;
  for (int i = 0; i < 300; ++i) {
    std::vector<unsigned char> data(1 + random.below(40));
    const std::uint64_t offset =
        random.below(4) * mebibytes(8).value() + 4096 * random.below(2) + random.below(64) + 4060;
    for (auto& byte : data) byte = static_cast<unsigned char>(random.next());
    store.write(offset, data.data(), data.size());
    for (std::size_t k = 0; k < data.size(); ++k) model[offset + k] = data[k];
  }
  for (const auto& [offset, byte] : model) {
    ASSERT_EQ(read(store, offset, 1)[0], byte) << "seed " << kSeed;
  }
}

}  // namespace
}  // namespace tlmmu
