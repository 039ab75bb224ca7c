// SPDX-License-Identifier: Apache-2.0
#include "testbenches/bench/tick_load.h"

#include <cstdlib>

namespace tlmmu::kernel {

namespace {

Settings nru_settings(std::uint64_t frames) {
  Settings settings = flat_settings(frames);
  settings.policy = PolicyName::nru;
  return settings;
}

}  // namespace

// A few hundred frames hold its tables.
TickLoad::TickLoad(std::uint64_t frames)
    : host_(nru_settings(frames)), pages_(frames - frames / 256 - 16) {
  process_ = *host_.kernel.create_process();
  use_all();
}

// The kernel sets A of pages that are there, as it does for walkers that cannot.
void TickLoad::use_all() {
  host_.kernel.schedule();
  for (std::uint64_t page = 0; page < pages_; ++page) {
    const FaultAnswer answer =
        host_.kernel.page_fault({process_, VirtualAddress(page << kPageShift), AccessType::store});
    if (answer != FaultAnswer::resume) std::abort();  // there is room for all
  }
}

void TickLoad::tick() {
  host_.machine.time += host_.kernel.state().settings.policy_parameters.nru_tick;
  host_.kernel.timer(process_);
  host_.kernel.schedule();
}

}  // namespace tlmmu::kernel
