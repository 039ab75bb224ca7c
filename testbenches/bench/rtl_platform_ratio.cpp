// SPDX-License-Identifier: Apache-2.0
// Prints what the whole platform costs with its page-table walker in hardware, alone and in
// lockstep, beside the model: CPU time of the same accesses, the median of several runs, each in a
// process of its own because SystemC elaborates once.
#include <fmt/format.h>

#include <systemc>

#include "models/platform/platform.h"
#include "models/stats/snapshot.h"
#include "testbenches/bench/access_mix.h"
#include "testbenches/bench/measure.h"

namespace tlmmu {
namespace {

constexpr int kRuns = 5;

struct Measured {
  double ns = 0;     ///< of an access
  double walks = 0;  ///< of each access
};

Measured measure(const std::vector<MemoryAccess>& accesses, WalkerImplementation implementation) {
  MachineConfig config;
  config.mmu.ptw.implementation = implementation;
  ReplaySource source(accesses);
  Platform platform("machine", config, {{&source}});
  const double start = cpu_seconds();
  platform.run();
  const auto count = static_cast<double>(accesses.size());
  const stats::Snapshot stats(platform);
  return {(cpu_seconds() - start) * 1e9 / count,
          static_cast<double>(stats.value("mmu.ptw.walks")) / count};
}

void print_ratios() {
  const auto accesses = make_mix({});
  std::vector<double> of_model;
  for (const auto& [implementation, name] : kWalkerImplementationNames) {
    std::vector<double> ns, ratio;
    Measured last;
    for (std::size_t i = 0; i < kRuns; ++i) {
      last = in_child([&, which = implementation] { return measure(accesses, which); });
      ns.push_back(last.ns);
      if (implementation == WalkerImplementation::model) of_model.push_back(last.ns);
      ratio.push_back(last.ns / of_model[i]);
    }
    fmt::print("{:9} {:7.1f} ns of CPU time an access, {:.4f} walks an access, ratio {:5.2f}\n",
               name, median(ns), last.walks, median(ratio));
  }
}

}  // namespace
}  // namespace tlmmu

int sc_main(int, char**) {
  tlmmu::print_ratios();
  return 0;
}
