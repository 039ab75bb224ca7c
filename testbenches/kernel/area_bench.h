// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"

namespace tlmmu::kernel::testing {

/// A process whose areas are changed; its memory is checked at the end of each test.
class KernelAreas : public ::testing::Test {
 protected:
  explicit KernelAreas(const Settings& settings = settings_of(400))
      : bench(settings), p(bench.run()) {}
  ~KernelAreas() override { check_invariants(bench); }

  std::uint64_t areas() { return bench.kernel.state().processes.at(p).areas.size(); }
  CallAnswer protect(std::uint64_t start, std::uint64_t pages, Permissions permissions) {
    return bench.call(
        p, [&] { return bench.kernel.mprotect(p, range_at(start, pages), permissions); });
  }
  bool dies(std::uint64_t address, AccessType type, KillReason reason) {
    const bool gone = bench.access(p, address, type) == nullptr;
    return gone && bench.machine.kills.back().reason == reason;
  }

  ProgramBench bench;
  ProcessId p;
};

}  // namespace tlmmu::kernel::testing
