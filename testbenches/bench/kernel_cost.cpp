// SPDX-License-Identifier: Apache-2.0
// What the portable kernel costs the host: a minor fault, a page reclaimed, a fork, and the boot of
// a machine with a million frames (Google Benchmark).
#include <benchmark/benchmark.h>

#include <deque>

#include "models/kernel/kernel_memory.h"

namespace tlmmu::kernel {
namespace {

constexpr PhysicalAddress kBase{0x8000'0000};

/// Memory in one piece and a disk without contents: nearly nothing is added to the kernel's own
/// cost.
class FlatMachine final : public Machine {
 public:
  explicit FlatMachine(Bytes size) : memory_(size.value()) {}

  std::deque<DiskTag> under_way;

  Pte read_pte(PhysicalAddress entry) override { return Pte(word(entry)); }
  void write_pte(PhysicalAddress entry, Pte pte) override { word(entry) = pte.raw(); }
  // Contents are not what is measured; tables must be zero.
  void zero_frame(Ppn frame) override {
    std::uint64_t* first = &word(address_of(frame));
    std::fill(first, first + 512, 0);
  }
  void copy_frame(FrameCopy) override {}
  void fence(const Fence&) override {}
  void dma_sync_for_device(Ppn, TransferDirection) override {}
  void dma_sync_for_cpu(Ppn, TransferDirection) override {}
  Submission start_transfer(const DiskTransfer& transfer) override {
    under_way.push_back(transfer.tag);
    return Submission::accepted;
  }
  Picoseconds now() override { return Picoseconds(0); }
  void charge(Operation) override {}
  void fault_handled(const FaultReport&) override {}
  void process_killed(const KillReport&) override {}

 private:
  std::uint64_t& word(PhysicalAddress address) {
    return static_cast<std::uint64_t*>(memory_.data())[(address - kBase).value() / 8];
  }
  LazyMemory memory_;
};

Settings settings_of(std::uint64_t frames) {
  Settings settings;
  settings.memory_base = kBase;
  settings.memory_size = kPageBytes * frames;
  settings.disk.blocks = 4 * frames;
  return settings;
}

struct KernelOnFlatMachine {
  explicit KernelOnFlatMachine(const Settings& settings)
      : machine(settings.memory_size),
        memory(settings, 60'000),
        kernel(machine, settings, memory.storage()) {}
  void finish_transfers() {
    while (!machine.under_way.empty()) {
      const DiskTag tag = machine.under_way.front();
      machine.under_way.pop_front();
      kernel.disk_done(tag, TransferResult::ok);
    }
  }
  FlatMachine machine;
  KernelMemory memory;
  Kernel kernel;
};

void boot_a_million_frames(benchmark::State& state) {
  for (auto _ : state) {
    KernelOnFlatMachine host(settings_of(1'000'000));
    benchmark::DoNotOptimize(host.kernel.create_process());
  }
}
BENCHMARK(boot_a_million_frames)->Unit(benchmark::kMillisecond);

/// First touches, each of a new page, in memory that the host has touched already.
void minor_fault(benchmark::State& state) {
  constexpr std::uint64_t kPages = 20'000;
  KernelOnFlatMachine host(settings_of(30'000));
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
  Settings settings = settings_of(static_cast<std::uint64_t>(state.range(0)));
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
  KernelOnFlatMachine host(settings_of(1 << 15));
  const ImageSegment segment{{VirtualAddress(0x10'0000), kPageBytes * 4096}, kReadWrite, {}};
  const ProcessId parent = *host.kernel.create_task({&segment, 1});
  host.kernel.schedule();
  for (std::uint64_t i = 0; i < 4096; ++i) {
    host.kernel.page_fault(
        {parent, VirtualAddress(0x10'0000 + (i << kPageShift)), AccessType::store});
  }
  std::uint64_t forks = 0;
  for (auto _ : state) {
    const CallAnswer answer = host.kernel.fork(parent);
    if (!answer.ok() || ++forks == 50'000) break;  // ended processes keep their entries
    host.kernel.exit(ProcessId(static_cast<std::uint32_t>(answer.value)));
    host.kernel.wait(parent);
  }
}
BENCHMARK(fork_and_exit)->Unit(benchmark::kMicrosecond)->Iterations(200);

}  // namespace
}  // namespace tlmmu::kernel

BENCHMARK_MAIN();
