// SPDX-License-Identifier: Apache-2.0
// Random page tables and requests: walks with and without a walk cache.
#include <gtest/gtest.h>

#include <vector>

#include "models/base/random.h"
#include "models/ptw/walk_cache.h"
#include "testbenches/support/page_table_builder.h"
#include "testbenches/support/seed.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu {
namespace {

using testing::run_walk;
using testing::WalkRecord;

constexpr PagingModeName kTranslatingModes[] = {PagingModeName::sv32, PagingModeName::sv39,
                                                PagingModeName::sv48, PagingModeName::sv57};

TEST(RandomWalk, through_a_walk_cache_translates_the_same_with_fewer_reads) {
  const std::uint64_t seed = testing::seed_or(2);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  for (const PagingModeName mode : kTranslatingModes) {
    testing::PageTableBuilder tables(mode);
    std::vector<VirtualAddress> pages;
    for (std::uint64_t i = 0; i < 300; ++i) {
      // near and far pages, so that hits occur at every level
      const std::uint64_t spread = 12 + random.below(paging_mode(mode).virtual_bits - 13);
      pages.emplace_back(random.below(std::uint64_t{1} << spread) & ~low_mask(12));
      tables.map(pages.back(), Ppn(1000 + i));
    }
    WalkCache cache({{8, 2}, {4, 4}, {2, 2}}, seed);
    WalkCacheStats stats;
    std::size_t saved = 0;
    for (int i = 0; i < 2'000; ++i) {
      const WalkRequest asked{
          pages[random.below(pages.size())], AccessType::load, {}, tables.space()};
      const WalkRecord plain = run_walk(Walk(asked, {}), tables);
      const WalkRecord cached = run_walk(asked, cache, stats, tables);
      ASSERT_NE(cached.translation(), nullptr);
      EXPECT_EQ(cached.translation()->apply(asked.address),
                plain.translation()->apply(asked.address));
      saved += plain.reads.size() - cached.reads.size();
    }
    EXPECT_GT(saved, 1'000U);
  }
}

}  // namespace
}  // namespace tlmmu
