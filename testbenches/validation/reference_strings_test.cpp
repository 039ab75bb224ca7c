// SPDX-License-Identifier: Apache-2.0
// Numbers 1, 2 and 3: reference strings whose faults the literature prints; and number 5, Denning's
// working set of independent uniform references. Here from the string alone, without a machine.
#include <gmock/gmock.h>

#include <cmath>

#include "models/analysis/analyzer.h"
#include "models/workload/generators.h"
#include "models/workload/vector_source.h"

namespace tlmmu::analysis {
namespace {

using testing::ElementsAre;

/// Belady, Nelson and Shedler 1969: the string that shows FIFO's anomaly.
constexpr std::uint64_t kBelady[] = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
/// Silberschatz, Galvin and Gagne, Operating System Concepts, "Page Replacement".
constexpr std::uint64_t kSilberschatz[] = {7, 0, 1, 2, 0, 3, 0, 4, 2, 3,
                                           0, 3, 2, 1, 2, 0, 1, 7, 0, 1};

template <std::size_t N>
Analysis analysis_of(const std::uint64_t (&string)[N]) {
  std::vector<MemoryAccess> accesses;
  for (const std::uint64_t page : string) {
    accesses.push_back({VirtualAddress(page << 12U), 8, AccessType::load});
  }
  Analyzer analyzer({PageSize::k4KiB, {3, 4}});
  VectorSource source(std::move(accesses));
  source.next_batch();
  analyzer.consume(source);
  return analyzer.finish();
}

TEST(ReferenceStrings, of_belady_faults_as_published_with_lru_and_opt) {
  const Analysis belady = analysis_of(kBelady);
  EXPECT_EQ(belady.distances.faults().at(3), 10U);
  EXPECT_EQ(belady.distances.faults().at(4), 8U);
  EXPECT_EQ(belady.optimal.at(0).faults, 7U);
  EXPECT_EQ(belady.optimal.at(1).faults, 6U);
}

TEST(ReferenceStrings, of_silberschatz_faults_as_published_with_lru_and_opt) {
  const Analysis silberschatz = analysis_of(kSilberschatz);
  EXPECT_EQ(silberschatz.distances.faults().at(3), 12U);
  EXPECT_EQ(silberschatz.distances.faults().at(4), 8U);
  EXPECT_EQ(silberschatz.optimal.at(0).faults, 9U);
  EXPECT_EQ(silberschatz.optimal.at(1).faults, 8U);
}

// Mattson, Gecsei, Slutz and Traiger 1970.
TEST(ReferenceStrings, of_belady_has_the_stack_distances_of_mattson) {
  PageIndex index;
  LruStack stack;
  std::vector<std::uint32_t> distances;
  for (const std::uint64_t page : kBelady) {
    distances.push_back(stack.reference(index.ordinal_of(Vpn(page))));
  }
  EXPECT_THAT(distances, ElementsAre(0, 0, 0, 0, 4, 4, 0, 3, 3, 5, 5, 5));
  EXPECT_THAT(analysis_of(kBelady).distances.faults(), ElementsAre(12, 12, 12, 10, 8, 5));
}

// Denning 1968; s(tau) = W(1 - (1 - 1/W)^tau) for independent uniform references over W pages.
TEST(WorkingSets, of_uniform_references_follow_dennings_formula) {
  constexpr double kPages = 1024;
  PatternShape shape;
  shape.length = Bytes(1024 * 4096);
  shape.count = 1'000'000;
  UniformRandomSource source(shape, 5);
  Analyzer analyzer({});
  while (source.next_batch()) analyzer.consume(source);
  const Analysis analysis = analyzer.finish();
  for (const auto& [window, published] :
       {std::pair{64, 62.07}, std::pair{256, 226.61}, std::pair{1024, 647.48}}) {
    const double formula = kPages * (1 - std::pow(1 - 1 / kPages, window));
    EXPECT_NEAR(formula, published, 0.005);
    const auto index = WindowGrid::index_of(static_cast<std::uint64_t>(window));
    EXPECT_NEAR(analysis.working_sets.at(index).pages, formula, formula / 100) << window;
  }
}

}  // namespace
}  // namespace tlmmu::analysis
