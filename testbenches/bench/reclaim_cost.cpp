// SPDX-License-Identifier: Apache-2.0
// Prints what it costs the host to reclaim a page, over the size of the memory: a row for each
// situation. What is measured is the fault that needs a frame, the page that goes, and the
// transfers of both.
#include <fmt/format.h>

#include "testbenches/bench/cpu_time.h"
#include "testbenches/bench/reclaim_load.h"
#include "testbenches/bench/tick_load.h"

namespace tlmmu::kernel {
namespace {

constexpr std::uint64_t kFrames[] = {1 << 10, 1 << 12, 1 << 14, 1 << 16};
constexpr std::uint64_t kPages = 200'000;  // reclaimed for one figure

struct Cost {
  double looks;
  double nanoseconds;
};

Cost cost_of(Situation situation, std::uint64_t frames) {
  ReclaimLoad load(situation, frames);
  const ReclaimWork before = load.work();
  const double start = cpu_seconds();
  load.reclaim(kPages);
  const double seconds = cpu_seconds() - start;
  const ReclaimWork after = load.work();
  const auto pages = static_cast<double>(after.pages - before.pages);
  return {static_cast<double>(after.looks - before.looks) / pages, seconds * 1e9 / pages};
}

Cost cost_until_out_of_memory(Hopeless why, std::uint64_t frames) {
  const double start = cpu_seconds();
  const HopelessWork work = work_until_out_of_memory(why, frames);
  const double seconds = cpu_seconds() - start;
  const auto faults = static_cast<double>(work.faults);
  return {static_cast<double>(work.looks) / faults, seconds * 1e9 / faults};
}

enum class PagesAre : std::uint8_t { used, idle };

// Of one page at one tick.
Cost cost_of_tick(PagesAre pages, std::uint64_t frames) {
  TickLoad load(frames);
  load.tick();
  const std::uint64_t before = load.looks();
  double seconds = 0;
  while (load.looks() - before < kPages) {
    if (pages == PagesAre::used) load.use_all();
    const double start = cpu_seconds();
    load.tick();
    seconds += cpu_seconds() - start;
  }
  return {1, seconds * 1e9 / static_cast<double>(load.looks() - before)};
}

template <class Measure>
void print_row(const char* name, Measure measure) {
  fmt::print("{:<44}", name);
  for (const std::uint64_t frames : kFrames) {
    const Cost cost = measure(frames);
    fmt::print("{:>8.2f} {:>7.0f}", cost.looks, cost.nanoseconds);
  }
  fmt::print("\n");
}

void print_costs() {
  fmt::print("{:<44}", "a reclaimed page: looks, ns");
  for (const std::uint64_t frames : kFrames) fmt::print("{:>9} frames", frames);
  fmt::print("\n");
  for (const Situation situation : kSituations) {
    print_row(name_of(situation), [&](std::uint64_t frames) { return cost_of(situation, frames); });
  }
  fmt::print("a fault until out of memory: looks, ns\n");
  print_row("all pages anonymous, no swap", [](std::uint64_t frames) {
    return cost_until_out_of_memory(Hopeless::no_swap, frames);
  });
  print_row("no swap, half is locked", [](std::uint64_t frames) {
    return cost_until_out_of_memory(Hopeless::locked, frames);
  });
  print_row("no swap, half is locked, process at its limit", [](std::uint64_t frames) {
    return cost_until_out_of_memory(Hopeless::locked_at_limit, frames);
  });
  fmt::print("a page at a tick of NRU: looks, ns\n");
  print_row("all pages used since the last tick",
            [](std::uint64_t frames) { return cost_of_tick(PagesAre::used, frames); });
  print_row("no page used since the last tick",
            [](std::uint64_t frames) { return cost_of_tick(PagesAre::idle, frames); });
}

}  // namespace
}  // namespace tlmmu::kernel

int main() {
  tlmmu::kernel::print_costs();
  return 0;
}
