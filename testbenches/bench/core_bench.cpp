// SPDX-License-Identifier: Apache-2.0
// What the cores cost the host, one operation at a time (Google Benchmark).
#include <benchmark/benchmark.h>

#include <vector>

#include "models/analysis/analyzer.h"
#include "models/base/random.h"
#include "models/cache/cache_array.h"
#include "models/platform/machine_config.h"
#include "models/ptw/two_stage_walk.h"
#include "models/ptw/walk.h"
#include "models/ptw/walk_cache.h"
#include "models/tlb/tlb_array.h"
#include "models/workload/generators.h"
#include "testbenches/support/page_table_builder.h"
#include "testbenches/support/two_stage_tables.h"

namespace tlmmu {
namespace {

constexpr std::size_t kAddresses = 4096;  // made beforehand, so that making them is not measured

std::vector<VirtualAddress> random_pages(std::uint64_t pages) {
  Random random(1);
  std::vector<VirtualAddress> addresses;
  for (std::size_t i = 0; i < kAddresses; ++i) {
    addresses.push_back(address_of(Vpn(0x10000 + random.below(pages))));
  }
  return addresses;
}

/// Lookups in a filled first-level TLB; the argument is how many pages are in use.
void tlb_lookup(benchmark::State& state) {
  const auto pages = static_cast<std::uint64_t>(state.range(0));
  TlbArray tlb(MachineConfig().mmu.l1_dtlb, 1);
  for (std::uint64_t i = 0; i < pages; ++i) {
    TlbEntry entry{};
    entry.translation.vpn = Vpn(0x10000 + i);
    entry.translation.flags = testing::kUserPage;
    tlb.insert(entry, [](const TlbEntry&) {});
  }
  const auto addresses = random_pages(pages);
  std::size_t i = 0;
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(tlb.lookup(addresses[i++ % kAddresses], Asid(0)));
}
BENCHMARK(tlb_lookup)->Arg(1)->Arg(64)->Arg(1024);

/// The same in a store that knows ASIDs and one page size only: what the tags of virtual machines
/// and the sizes cost is the difference.
void plain_lookup(benchmark::State& state) {
  struct Entry {
    Vpn vpn;
    Ppn ppn;
    PteFlags flags;
    Asid asid;
  };
  const auto pages = static_cast<std::uint64_t>(state.range(0));
  const TlbConfig config = MachineConfig().mmu.l1_dtlb;
  const auto ways = static_cast<std::uint32_t>(config.ways);
  replacement::SetAssociative<Entry> store(
      {static_cast<std::uint32_t>(config.entries) / ways, ways}, config.replacement, 1);
  for (std::uint64_t vpn = 0x10000; vpn < 0x10000 + pages; ++vpn) {
    store.insert(store.set_of(vpn), vpn, {Vpn(vpn), Ppn(vpn), testing::kUserPage, Asid(0)});
  }
  const auto addresses = random_pages(pages);
  std::size_t i = 0;
  for ([[maybe_unused]] auto _ : state) {
    const Vpn page = addresses[i++ % kAddresses].page();
    const Entry* found = store.last_touched();
    if (found == nullptr || found->asid != Asid(0) || found->vpn != page) {
      const auto set = store.set_of(page.value());
      const auto slot = store.find(set, page.value(),
                                   [](const Entry& e) { return e.flags.g() || e.asid == Asid(0); });
      if (slot) store.touch(set, *slot);
      found = slot ? &store.at(*slot) : nullptr;
    }
    benchmark::DoNotOptimize(found);
  }
}
BENCHMARK(plain_lookup)->Arg(1)->Arg(64)->Arg(1024);

/// Lookups in the first-level data cache; the argument is how many lines are in use.
void cache_lookup(benchmark::State& state) {
  CacheArray cache(MachineConfig().cache.l1d, 1);
  const auto lines = static_cast<std::uint64_t>(state.range(0));
  std::vector<LineNumber> numbers;
  Random random(1);
  for (std::size_t i = 0; i < kAddresses; ++i) {
    numbers.push_back(LineNumber(random.below(lines)));
    if (cache.lookup(numbers.back()) == nullptr) cache.fill(numbers.back(), LineState{});
  }
  std::size_t i = 0;
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(cache.lookup(numbers[i++ % kAddresses]));
}
BENCHMARK(cache_lookup)->Arg(1)->Arg(512)->Arg(4096);

/// A cold walk, its PTEs read from a plain array; the argument is the number of levels.
void cold_walk(benchmark::State& state) {
  testing::PageTableBuilder tables(state.range(0) == 3 ? PagingModeName::sv39
                                                       : PagingModeName::sv48);
  const VirtualAddress address(0x12345678);
  tables.map(address, Ppn(0x90000));
  WalkRequest request{};
  request.address = address;
  request.space = tables.space();
  for ([[maybe_unused]] auto _ : state) {
    Walk walk(request, WalkRules{});
    while (!walk.ended()) walk.supply(*tables.read(std::get<PteRead>(walk.step()).address));
    benchmark::DoNotOptimize(walk);
  }
}
BENCHMARK(cold_walk)->Arg(3)->Arg(4);

/// What the algorithm of a cold walk costs by itself: the PTEs are at hand in the order in which
/// the walk asks for them. The argument is the number of levels.
void walk_algorithm(benchmark::State& state) {
  const auto levels = static_cast<std::size_t>(state.range(0));
  constexpr PagingModeName kModes[] = {PagingModeName::sv32, PagingModeName::sv39,
                                       PagingModeName::sv48, PagingModeName::sv57};
  std::vector<Pte> ptes(levels, Pte(Ppn(0x80001), PteFlags(PteFlags::kV)));
  ptes.back() = Pte(Ppn(0x90000), testing::kUserPage);
  WalkRequest request{};
  request.address = VirtualAddress(0x12345678);
  request.space = {kModes[levels - 2], Ppn(0x80000), Asid(0)};
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(request);
    Walk walk(request, WalkRules{});
    for (const Pte pte : ptes) walk.supply(pte);
    benchmark::DoNotOptimize(walk);
  }
}
BENCHMARK(walk_algorithm)->DenseRange(2, 5);

/// The same for both stages of a virtual machine; the argument is the number of levels of each.
void two_stage_walk_algorithm(benchmark::State& state) {
  const bool sv39 = state.range(0) == 3;
  testing::TwoStageTables tables(sv39 ? PagingModeName::sv39 : PagingModeName::sv48);
  const VirtualAddress address(0x12345678);
  tables.map(address, Ppn(0x777));
  const WalkRequest request = tables.request(address);
  std::vector<Pte> ptes;
  TwoStageWalk first(request, WalkRules{});
  while (!first.ended()) {
    ptes.push_back(*tables.read(std::get<PteRead>(first.step()).address));
    first.supply(ptes.back());
  }
  for ([[maybe_unused]] auto _ : state) {
    TwoStageWalk walk(request, WalkRules{});
    for (const Pte pte : ptes) walk.supply(pte);
    benchmark::DoNotOptimize(walk);
  }
}
BENCHMARK(two_stage_walk_algorithm)->Arg(3)->Arg(4);

/// A walk-cache lookup that hits at the level of leaf tables.
void walk_cache_hit(benchmark::State& state) {
  WalkCache cache(MachineConfig().mmu.ptw.walk_cache, 1);
  WalkCacheStats stats;
  WalkRequest request{};
  request.address = VirtualAddress(0x12345678);
  request.space.mode = PagingModeName::sv48;
  cache.fill(request, TablePointer{}, stats);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cache.lookup(request, stats));
}
BENCHMARK(walk_cache_hit);

/// Uniform references, the worst case for stack distances; the argument is how many pages there
/// are.
void analyze_reference(benchmark::State& state) {
  PatternShape shape;
  shape.length = kPageBytes * static_cast<std::uint64_t>(state.range(0));
  shape.count = ~std::uint64_t{0};
  UniformRandomSource source(shape, 1);
  analysis::Analyzer analyzer({});
  source.next_batch();
  const MemoryAccess* access = source.begin();
  for ([[maybe_unused]] auto _ : state) {
    if (access == source.end()) {
      source.next_batch();
      access = source.begin();
    }
    analyzer.reference((access++)->address.page(), AccessType::load);
  }
}
BENCHMARK(analyze_reference)->Arg(8)->Arg(1024)->Arg(1 << 16)->Arg(1 << 20);

/// The same, from the first reference to the results, with OPT for a sixteenth of the pages.
void analyze_with_opt(benchmark::State& state) {
  const auto pages = static_cast<std::uint64_t>(state.range(0));
  PatternShape shape;
  shape.length = kPageBytes * pages;
  shape.count = 10'000'000;
  for ([[maybe_unused]] auto _ : state) {
    UniformRandomSource source(shape, 1);
    analysis::Analyzer analyzer({PageSize::k4KiB, {pages / 16}});
    while (source.next_batch()) analyzer.consume(source);
    benchmark::DoNotOptimize(analyzer.finish());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(shape.count));
}
BENCHMARK(analyze_with_opt)->Arg(1024)->Arg(1 << 16)->Arg(1 << 20)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tlmmu

BENCHMARK_MAIN();
