// SPDX-License-Identifier: Apache-2.0
// Closed-form numbers of page-table walks: how many PTEs a scan reads, and how many tables it
// needs.
#include <gtest/gtest.h>

#include "models/base/random.h"
#include "testbenches/support/page_table_builder.h"
#include "testbenches/support/seed.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu {
namespace {

using testing::PageTableBuilder;
using testing::run_walk;

constexpr std::uint64_t kPages = gibibytes(1) / kPageBytes;
constexpr VirtualAddress kStart{std::uint64_t{1} << 30U};  // in Sv32's reach too
constexpr WalkCacheLevelConfig kAbsent{0, 1};
constexpr WalkCacheLevelConfig kOneEntry{1, 1};

VirtualAddress page(std::uint64_t number) {
  return kStart + number * kPageBytes;
}

/// One aligned GiB in 4 KiB pages.
PageTableBuilder one_gibibyte(PagingModeName mode) {
  PageTableBuilder tables(mode);
  for (std::uint64_t i = 0; i < kPages; ++i) tables.map(page(i), Ppn(0x100000 + i));
  return tables;
}

/// PTE reads of one walk to each page in order.
std::uint64_t scan(const PageTableBuilder& tables, const WalkCacheConfig& config) {
  WalkCache cache(config, 0);
  WalkCacheStats stats;
  std::uint64_t reads = 0;
  for (std::uint64_t i = 0; i < kPages; ++i) {
    const WalkRequest request{page(i), AccessType::load, AccessContext{}, tables.space()};
    reads += run_walk(request, cache, stats, tables).reads.size();
  }
  return reads;
}

constexpr WalkCacheConfig kNoCache{kAbsent, kAbsent, kAbsent, kAbsent};
constexpr WalkCacheConfig kOneEach{kOneEntry, kOneEntry, kOneEntry, kOneEntry};

// A gibibyte is 2^18 pages; without a cache each costs a read per level.
TEST(Validation6, sv39_scan_of_1_gib_without_walk_cache_reads_786432_ptes) {
  EXPECT_EQ(scan(one_gibibyte(PagingModeName::sv39), kNoCache), 786'432U);
}

// 2^18 leaf PTEs, 2^9 pointers to leaf tables and 1 pointer of the root, each read once.
TEST(Validation6, sv39_scan_of_1_gib_with_one_entry_per_upper_level_reads_262657_ptes) {
  EXPECT_EQ(scan(one_gibibyte(PagingModeName::sv39), kOneEach), 262'657U);
}

// Each further level adds one read per page, and with a cache one read in the whole scan.
TEST(Validation6, sv48_and_sv57_read_one_pte_more_for_each_level) {
  EXPECT_EQ(scan(one_gibibyte(PagingModeName::sv48), kNoCache), 1'048'576U);
  EXPECT_EQ(scan(one_gibibyte(PagingModeName::sv48), kOneEach), 262'658U);
  EXPECT_EQ(scan(one_gibibyte(PagingModeName::sv57), kNoCache), 1'310'720U);
  EXPECT_EQ(scan(one_gibibyte(PagingModeName::sv57), kOneEach), 262'659U);
}

// Sv32 has 2 levels and tables of 1024 entries: 2^18 leaf PTEs and 2^8 pointers of the root.
TEST(Validation6, sv32_scan_of_1_gib_reads_524288_ptes_and_262400_with_one_entry) {
  EXPECT_EQ(scan(one_gibibyte(PagingModeName::sv32), kNoCache), 524'288U);
  EXPECT_EQ(scan(one_gibibyte(PagingModeName::sv32), kOneEach), 262'400U);
}

TEST(Validation6, tables_of_1_gib_take_257_514_515_and_516_pages_from_sv32_to_sv57) {
  EXPECT_EQ(one_gibibyte(PagingModeName::sv32).tables(), 257U);
  EXPECT_EQ(one_gibibyte(PagingModeName::sv39).tables(), 514U);
  EXPECT_EQ(one_gibibyte(PagingModeName::sv48).tables(), 515U);
  EXPECT_EQ(one_gibibyte(PagingModeName::sv57).tables(), 516U);
}

// Independent uniform references over 128 leaf tables find a pointer among 32 cached with
// probability 32/128 (King; Fagin and Price 1978), whatever the replacement: 1 + (1 - 32/128)
// = 1.75 reads.
TEST(Validation7, uniform_walks_over_128_leaf_tables_with_32_cached_pointers_read_1_75_ptes) {
  constexpr std::uint64_t kTables = 128;
  constexpr std::uint64_t kWalks = 100'000;  // standard deviation of the mean: 0.0014
  const std::uint64_t seed = testing::seed_or(7);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  PageTableBuilder tables(PagingModeName::sv39);
  for (std::uint64_t i = 0; i < kTables; ++i) tables.map(page(i * 512), Ppn(0x100000 + i));
  using replacement::PolicyName;
  for (const PolicyName policy : {PolicyName::lru, PolicyName::fifo, PolicyName::random}) {
    WalkCache cache({{32, 32, policy}, kOneEntry, kOneEntry}, seed);
    WalkCacheStats stats;
    Random random(seed);
    std::uint64_t reads = 0;
    for (std::uint64_t i = 0; i < kWalks; ++i) {
      const WalkRequest request{page(random.below(kTables) * 512), AccessType::load,
                                AccessContext{}, tables.space()};
      reads += run_walk(request, cache, stats, tables).reads.size();
    }
    EXPECT_NEAR(static_cast<double>(reads) / kWalks, 1.75, 0.006)
        << name_in(replacement::kPolicyNames, policy);
  }
}

}  // namespace
}  // namespace tlmmu
