// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/access_run.h"

#include <gmock/gmock.h>

#include <set>
#include <vector>

namespace tlmmu::scenario {
namespace {

using ::testing::ElementsAre;

constexpr std::uint64_t kStart = 0x10000;

Span span(std::uint64_t length, Span::Direction direction = Span::Direction::up) {
  return {VirtualAddress(kStart), Bytes(length), direction};
}

Access access(const Pattern& pattern, std::optional<std::uint64_t> count = std::nullopt) {
  return {{kText, Bytes(0), std::nullopt}, AccessType::load, 0, 8, pattern, count};
}

std::vector<MemoryAccess> run(const Access& access, const Span& span, std::uint64_t seed = 1) {
  ZipfTables tables;
  Random random(seed);
  AccessRun run(access, span, tables);
  std::vector<MemoryAccess> result;
  while (run.left() != 0) result.push_back(run.next(random));
  return result;
}

/// Offsets from the start of the span.
std::vector<std::uint64_t> offsets(const Access& access, const Span& span, std::uint64_t seed = 1) {
  std::vector<std::uint64_t> result;
  for (const MemoryAccess& done : run(access, span, seed)) {
    result.push_back(done.address.value() - kStart);
  }
  return result;
}

TEST(AccessRun, of_nothing_has_nothing_left) {
  EXPECT_EQ(AccessRun().left(), 0U);
}

TEST(AccessRun, sequential_makes_one_pass) {
  EXPECT_THAT(offsets(access(Sequential{Bytes(8)}), span(32)), ElementsAre(0, 8, 16, 24));
  EXPECT_THAT(offsets(access(Sequential{Bytes(4096)}), span(12'288)), ElementsAre(0, 4096, 8192));
  EXPECT_THAT(offsets(access(Sequential{Bytes(16)}), span(31)), ElementsAre(0, 16));
}

TEST(AccessRun, sequential_starts_over_until_its_count_is_done) {
  EXPECT_THAT(offsets(access(Sequential{Bytes(16)}, 5), span(40)), ElementsAre(0, 16, 32, 0, 16));
}

TEST(AccessRun, never_leaves_its_span_except_where_it_is_too_short) {
  EXPECT_THAT(offsets(access(Sequential{Bytes(8)}), span(15)), ElementsAre(0));
  EXPECT_THAT(offsets(access(Sequential{Bytes(8)}), span(3)), ElementsAre(0));
  EXPECT_THAT(offsets(access(Uniform{}, 2), span(0)), ElementsAre(0, 0));
}

TEST(AccessRun, random_reaches_every_place_and_repeats_itself_with_its_seed_only) {
  const Access uniform = access(Uniform{}, 6000);
  const auto first = offsets(uniform, span(4096));
  EXPECT_EQ(std::set<std::uint64_t>(first.begin(), first.end()).size(), 512U);
  EXPECT_EQ(offsets(uniform, span(4096)), first);
  EXPECT_NE(offsets(uniform, span(4096), 2), first);
  for (const std::uint64_t offset : first) ASSERT_EQ(offset % 8, 0U);
}

TEST(AccessRun, zipf_prefers_the_first_pages_and_stays_inside) {
  const std::uint64_t length = 10 * 4096 + 4;  // the last page has less than an access
  std::vector<std::uint64_t> hits(11);
  for (const std::uint64_t offset : offsets(access(Zipf{1000}, 20'000), span(length))) {
    ASSERT_LE(offset + 8, length);
    ++hits.at(offset / 4096);
  }
  EXPECT_GT(hits[0], hits[1]);
  EXPECT_GT(hits[1], hits[5]);
  EXPECT_NEAR(static_cast<double>(hits[0]) / static_cast<double>(hits[4]), 5, 0.6);
}

TEST(AccessRun, working_set_stays_in_a_window_until_it_jumps) {
  const auto all = offsets(access(WorkingSet{Bytes(8192), 50}, 1000), span(64 * 4096));
  std::set<std::uint64_t> windows;
  for (std::size_t phase = 0; phase < 20; ++phase) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(phase * 50);
    const auto [low, high] = std::minmax_element(begin, begin + 50);
    EXPECT_LT(*high / 4096 - *low / 4096, 2U);
    windows.insert(*low / 4096);
  }
  EXPECT_GT(windows.size(), 10U);
}

TEST(AccessRun, working_set_of_more_than_there_is_takes_all) {
  for (const std::uint64_t offset :
       offsets(access(WorkingSet{Bytes(1U << 20U), 3}, 100), span(8192))) {
    ASSERT_LE(offset + 8, 8192U);
  }
}

TEST(AccessRun, goes_down_from_the_top_of_a_stack) {
  const auto down = run(access(Sequential{Bytes(4096)}), span(8192, Span::Direction::down));
  ASSERT_EQ(down.size(), 2U);
  EXPECT_EQ(down[0].address, VirtualAddress(kStart - 8));
  EXPECT_EQ(down[1].address, VirtualAddress(kStart - 4096 - 8));
}

TEST(AccessRun, mixes_stores_into_loads) {
  Access mixed = access(Uniform{}, 10'000);
  mixed.store_percent = 30;
  std::uint64_t stores = 0;
  for (const MemoryAccess& done : run(mixed, span(4096))) {
    stores += done.type == AccessType::store ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(stores), 3000, 250);
  mixed.store_percent = 100;
  for (const MemoryAccess& done : run(mixed, span(4096))) {
    ASSERT_EQ(done.type, AccessType::store);
  }
}

}  // namespace
}  // namespace tlmmu::scenario
