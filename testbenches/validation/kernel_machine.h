// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/platform/platform.h"
#include "models/workload/vector_source.h"
#include "testbenches/support/laws.h"
#include "testbenches/validation/walker_choice.h"

namespace tlmmu::testing {

/// A machine of 1 MiB with exactly `frames` frames for the pages of one process that uses one 2 MiB
/// region, in Sv39: three page tables take the rest of what is not reserved. kswapd never wakes, so
/// that a page leaves only when another one needs its frame.
inline MachineConfig machine_of(std::uint64_t frames) {
  constexpr std::uint64_t kPageTables = 3;
  MachineConfig config;
  config.mmu.mode = PagingModeName::sv39;
  config.memory.size = mebibytes(1);
  config.kernel.reserved = config.memory.size - kPageBytes * (kPageTables + frames);
  config.kernel.watermarks = WatermarkSource::given;
  config.kernel.watermark_min = 0;
  return on_chosen_walker(config);
}

/// Fetches from these pages. Text is never written, so its frames are free as soon as it leaves.
inline std::vector<MemoryAccess> fetches_of(const std::vector<std::uint64_t>& pages) {
  std::vector<MemoryAccess> accesses;
  for (const std::uint64_t page : pages) {
    accesses.push_back({VirtualAddress(page << kPageShift), 4, AccessType::fetch});
  }
  return accesses;
}

/// What the whole machine counts when one process does these accesses. Once per program.
inline PortableKernelStats run_of(const MachineConfig& config,
                                  const std::vector<MemoryAccess>& accesses) {
  VectorSource source(accesses);
  PlatformInputs inputs;
  inputs.sources = {&source};
  Platform platform("machine", config, inputs);
  platform.run();
  expect_laws_hold(platform);
  return platform.kernel().stats().portable;
}

}  // namespace tlmmu::testing
