// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/analyzer.h"

#include <gmock/gmock.h>

#include "models/workload/vector_source.h"
#include "testbenches/analysis/naive_analysis.h"
#include "testbenches/support/seed.h"

namespace tlmmu::analysis {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Analysis analysis_of(std::vector<MemoryAccess> accesses, const AnalyzerOptions& options = {}) {
  Analyzer analyzer(options);
  VectorSource source(std::move(accesses));
  while (source.next_batch()) analyzer.consume(source);
  return analyzer.finish();
}

MemoryAccess load(std::uint64_t address, std::uint32_t size = 1) {
  return {VirtualAddress(address), size, AccessType::load};
}

std::vector<MemoryAccess> loads(const String& string) {
  std::vector<MemoryAccess> accesses;
  for (const std::uint64_t page : string) accesses.push_back(load(page << 12U));
  return accesses;
}

void expect_equal(const Analysis& a, const Analysis& b) {
  EXPECT_EQ(a.references, b.references);
  EXPECT_EQ(a.pages, b.pages);
  EXPECT_EQ(a.distances.faults(), b.distances.faults());
  ASSERT_EQ(a.working_sets.size(), b.working_sets.size());
  for (std::size_t i = 0; i < a.working_sets.size(); ++i) {
    EXPECT_EQ(a.working_sets[i].pages, b.working_sets[i].pages);
    EXPECT_EQ(a.working_sets[i].misses, b.working_sets[i].misses);
  }
  ASSERT_EQ(a.optimal.size(), b.optimal.size());
  for (std::size_t i = 0; i < a.optimal.size(); ++i) {
    EXPECT_EQ(a.optimal[i].faults, b.optimal[i].faults);
  }
}

TEST(Analyzer, of_nothing_finds_nothing) {
  const Analysis nothing = analysis_of({}, {PageSize::k4KiB, {1, 4}});
  EXPECT_EQ(nothing.total_references(), 0U);
  EXPECT_EQ(nothing.distances.pages(), 0U);
  EXPECT_THAT(nothing.working_sets, IsEmpty());
  EXPECT_EQ(nothing.optimal.at(1).faults, 0U);
}

TEST(Analyzer, counts_an_access_across_a_boundary_as_two_references) {
  const Analysis analysis = analysis_of({load(0x1ffe, 4)});
  EXPECT_EQ(analysis.accesses, 1U);
  EXPECT_EQ(analysis.total_references(), 2U);
  EXPECT_EQ(analysis.distances.pages(), 2U);
}

TEST(Analyzer, takes_the_last_bytes_of_the_address_space) {
  EXPECT_EQ(analysis_of({load(~std::uint64_t{0} - 3, 4)}).distances.pages(), 1U);
}

TEST(Analyzer, counts_in_pages_of_the_size_it_is_told) {
  const std::vector<MemoryAccess> accesses = {load(0), load(0x3000), load(0x20'0000),
                                              load(0x4000'0000), load(0x3fff'ffff, 2)};
  EXPECT_EQ(analysis_of(accesses, {PageSize::k4KiB, {}}).distances.pages(), 5U);
  EXPECT_EQ(analysis_of(accesses, {PageSize::k2MiB, {}}).distances.pages(), 4U);
  const Analysis large = analysis_of(accesses, {PageSize::k1GiB, {}});
  EXPECT_EQ(large.distances.pages(), 2U);
  EXPECT_EQ(large.total_references(), 6U);
}

TEST(Analyzer, sorts_pages_by_their_use) {
  std::vector<MemoryAccess> accesses;
  const auto touch = [&](std::uint64_t page, AccessType type) {
    accesses.push_back({VirtualAddress(page << 12U), 4, type});
  };
  touch(0, AccessType::fetch);
  touch(0, AccessType::fetch);
  touch(1, AccessType::fetch);
  touch(1, AccessType::load);
  touch(2, AccessType::load);
  touch(3, AccessType::store);
  touch(4, AccessType::store);
  touch(4, AccessType::load);
  touch(5, AccessType::store);
  touch(0, AccessType::fetch);
  touch(5, AccessType::fetch);
  const Analysis analysis = analysis_of(accesses);
  EXPECT_THAT(analysis.pages, ElementsAre(1, 1, 1, 2, 1));
  EXPECT_THAT(analysis.references, ElementsAre(5, 3, 3));
}

TEST(Analyzer, gives_the_faults_of_opt_in_the_order_of_the_sizes) {
  const Analysis analysis = analysis_of(loads({1, 2, 3, 1, 2, 3}), {PageSize::k4KiB, {3, 1, 2, 3}});
  ASSERT_EQ(analysis.optimal.size(), 3U);
  EXPECT_EQ(analysis.optimal[0].frames, 1U);
  EXPECT_EQ(analysis.optimal[0].faults, 6U);
  EXPECT_EQ(analysis.optimal[1].faults, 4U);
  EXPECT_EQ(analysis.optimal[2].faults, 3U);
}

TEST(Analyzer, equals_the_definitions) {
  const std::uint64_t seed = testing::seed_or(6);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  for (const std::uint64_t pages : {1, 7, 30, 200}) {
    const String string = random_string(random, 150, pages);
    const Analysis analysis = analysis_of(loads(string), {PageSize::k4KiB, {2, 5, 20}});
    std::vector<std::uint64_t> expected(analysis.distances.pages() + 1);
    for (const std::uint32_t distance : naive_distances(string)) ++expected.at(distance);
    EXPECT_EQ(analysis.distances.pages(), expected[0]);
    for (std::uint32_t d = 1; d < expected.size(); ++d) {
      ASSERT_EQ(analysis.distances.at(d), expected[d]) << d;
    }
    for (const WorkingSetPoint& point : analysis.working_sets) {
      ASSERT_THAT(point.pages, DoubleEq(naive_working_set(string, point.window)));
      ASSERT_EQ(point.misses, naive_working_set_misses(string, point.window));
    }
    for (const FaultPoint& point : analysis.optimal) {
      ASSERT_EQ(point.faults, naive_opt_faults(string, point.frames));
    }
  }
}

TEST(Analyzer, computes_the_same_without_its_shortcut) {
  const std::uint64_t seed = testing::seed_or(7);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  const String string = random_string(random, 20'000, 500);
  const AnalyzerOptions options{PageSize::k4KiB, {4, 16, 64}};
  std::vector<MemoryAccess> accesses = loads(string);
  Analyzer plain(options);
  for (MemoryAccess& access : accesses) {
    access.type = static_cast<AccessType>(random.below(3));
    plain.reference(access.address.page(), access.type);
  }
  expect_equal(analysis_of(accesses, options), plain.finish());
}

TEST(StackDistances, give_the_faults_of_every_size_with_none_beyond_the_last) {
  const Analysis analysis = analysis_of(loads({1, 2, 1, 3, 3, 2}));
  EXPECT_THAT(analysis.distances.faults(), ElementsAre(6, 5, 4, 3));
}

}  // namespace
}  // namespace tlmmu::analysis
