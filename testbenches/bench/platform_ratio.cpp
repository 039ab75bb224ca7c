// SPDX-License-Identifier: Apache-2.0
// Prints what an access costs the host on the whole platform, and as plain functions, in CPU time:
// the median of several runs, each in a process of its own because SystemC elaborates once.
#include <fmt/format.h>
#include <sys/resource.h>

#include <systemc>

#include "models/platform/platform.h"
#include "models/stats/snapshot.h"
#include "testbenches/bench/access_mix.h"
#include "testbenches/bench/measure.h"
#include "testbenches/bench/plain_machine.h"

namespace tlmmu {
namespace {

constexpr int kRuns = 7;

struct Measured {
  double floor_ns = 0;      ///< an access as plain functions
  double platform_ns = 0;   ///< an access on the platform, every statistic on
  double l1_miss_rate = 0;  ///< of the data TLB
  double host_mib = 0;      ///< largest resident set, without the accesses themselves
  double touched_mib = 0;   ///< modelled memory that was touched
};

double resident_mib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

Measured measure(const std::vector<MemoryAccess>& accesses) {
  Measured result;
  const auto count = static_cast<double>(accesses.size());
  {
    PlainMachine floor;
    const double start = cpu_seconds();
    for (const MemoryAccess& access : accesses) floor.access(access);
    result.floor_ns = (cpu_seconds() - start) * 1e9 / count;
    if (floor.cycles() == 0) std::abort();  // keeps the loop alive
  }
  const double before = resident_mib();
  ReplaySource source(accesses);
  Platform platform("machine", MachineConfig(), {{&source}});
  const double start = cpu_seconds();
  platform.run();
  result.platform_ns = (cpu_seconds() - start) * 1e9 / count;
  result.host_mib = resident_mib() - before;
  const stats::Snapshot stats(platform);
  result.l1_miss_rate = static_cast<double>(stats.value("mmu.l1_dtlb.misses")) /
                        static_cast<double>(stats.value("mmu.l1_dtlb.accesses"));
  result.touched_mib = static_cast<double>(stats.value("memory_controller.pages")) / 256;
  return result;
}

void print_ratio() {
  const auto accesses = make_mix({});
  std::vector<double> floor;
  std::vector<double> platform;
  Measured last;
  for (int i = 0; i < kRuns; ++i) {
    last = in_child([&] { return measure(accesses); });
    floor.push_back(last.floor_ns);
    platform.push_back(last.platform_ns);
  }
  fmt::print("{} accesses, {:.1f} % of the data accesses miss the first-level TLB\n",
             accesses.size(), 100 * last.l1_miss_rate);
  fmt::print("plain functions  {:6.1f} ns of CPU time an access\n", median(floor));
  fmt::print("platform         {:6.1f} ns of CPU time an access, {:.1f} M accesses/s\n",
             median(platform), 1e3 / median(platform));
  fmt::print("ratio            {:6.2f}\n", median(platform) / median(floor));
  fmt::print("host memory      {:6.1f} MiB more than before, {:.1f} MiB modelled memory touched\n",
             last.host_mib, last.touched_mib);
}

}  // namespace
}  // namespace tlmmu

int sc_main(int, char**) {
  tlmmu::print_ratio();
  return 0;
}
