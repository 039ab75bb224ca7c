// SPDX-License-Identifier: Apache-2.0
// What the portable kernel costs the host: a minor fault, a page reclaimed, a fork, and the boot of
// a machine with a million frames (Google Benchmark).
#include <benchmark/benchmark.h>

#include "testbenches/bench/flat_machine.h"

namespace tlmmu::kernel {
namespace {

void boot_a_million_frames(benchmark::State& state) {
  for (auto _ : state) {
    KernelOnFlatMachine host(flat_settings(1'000'000));
    benchmark::DoNotOptimize(host.kernel.create_process());
  }
}
BENCHMARK(boot_a_million_frames)->Unit(benchmark::kMillisecond);

/// First touches, each of a new page, in memory that the host has touched already.
void minor_fault(benchmark::State& state) {
  constexpr std::uint64_t kPages = 20'000;
  KernelOnFlatMachine host(flat_settings(30'000));
  std::optional<ProcessId> process;
  const auto fault_on = [&](std::uint64_t page) {
    host.kernel.page_fault({*process, address_of(Vpn(page)), AccessType::store});
  };
  const auto begin = [&] {
    if (process) host.kernel.exit(*process);
    process = host.kernel.create_process();
    host.kernel.schedule();
  };
  begin();
  for (std::uint64_t page = 0; page < kPages; ++page) fault_on(page);
  std::uint64_t next = kPages;
  for (auto _ : state) {
    if (next == kPages) {
      state.PauseTiming();
      begin();
      next = 0;
      state.ResumeTiming();
    }
    fault_on(next++);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(minor_fault);

/// A sweep over more pages than there are frames: each fault reclaims, writes, reads.
void fault_with_reclaim(benchmark::State& state) {
  Settings settings = flat_settings(static_cast<std::uint64_t>(state.range(0)));
  settings.watermarks = Watermarks::from_min(settings.frames() / 64);
  KernelOnFlatMachine host(settings);
  const ProcessId process = *host.kernel.create_process();
  std::uint64_t page = 0;
  for (auto _ : state) {
    host.kernel.schedule();
    host.kernel.page_fault(
        {process, address_of(Vpn(page++ % (2 * settings.frames()))), AccessType::store});
    host.finish_transfers();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(fault_with_reclaim)->Arg(1 << 10)->Arg(1 << 14)->Arg(1 << 17);

/// fork of a process with 4,096 pages, and the end of the child.
void fork_and_exit(benchmark::State& state) {
  KernelOnFlatMachine host(flat_settings(1 << 15));
  const ImageSegment segment{{VirtualAddress(0x10'0000), kPageBytes * 4096}, kReadWrite, {}};
  const ProcessId parent = *host.kernel.create_task({&segment, 1});
  host.kernel.schedule();
  for (std::uint64_t i = 0; i < 4096; ++i) {
    host.kernel.page_fault(
        {parent, VirtualAddress(0x10'0000 + (i << kPageShift)), AccessType::store});
  }
  for (auto _ : state) {
    const CallAnswer answer = host.kernel.fork(parent);
    if (!answer.ok()) break;
    host.kernel.exit(ProcessId(static_cast<std::uint32_t>(answer.value)));
    host.kernel.wait(parent);
  }
}
BENCHMARK(fork_and_exit)->Unit(benchmark::kMicrosecond)->Iterations(200);

}  // namespace
}  // namespace tlmmu::kernel

BENCHMARK_MAIN();
