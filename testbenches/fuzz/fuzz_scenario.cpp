// SPDX-License-Identifier: Apache-2.0
// Any bytes are either a scenario or an InputError that names a line; a scenario's processes end or
// go on, whatever the kernel answers.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "models/base/error.h"
#include "models/base/random.h"
#include "models/workload/scenario/process_run.h"

namespace {

using tlmmu::scenario::ProcessRun;
using tlmmu::scenario::Scenario;

constexpr int kSteps = 300;
constexpr std::uint64_t kMostZipfPages = 4096;  // larger tables only take time

/// Whether a table of this size would be made.
bool is_small(const tlmmu::scenario::Block& block) {
  using namespace tlmmu::scenario;
  for (const Statement& statement : block) {
    if (const auto* access = std::get_if<Access>(&statement.what)) {
      const tlmmu::Bytes most = tlmmu::kPageBytes * kMostZipfPages;
      const bool small = access->range.end && *access->range.end <= most;
      if (std::holds_alternative<Zipf>(access->pattern) && !small) return false;
    }
    if (const auto* fork = std::get_if<Fork>(&statement.what); fork && !is_small(fork->body)) {
      return false;
    }
    if (const auto* loop = std::get_if<Loop>(&statement.what); loop && !is_small(loop->body)) {
      return false;
    }
  }
  return true;
}

void play(ProcessRun run, tlmmu::Random& random, int depth) {
  for (int i = 0; i < kSteps; ++i) {
    const auto step = run.next();
    if (!step) return;
    const auto* call = std::get_if<tlmmu::SystemCall>(&*step);
    if (call == nullptr) continue;
    if (depth < 2 && std::holds_alternative<tlmmu::ForkCall>(*call)) {
      play(run.child(), random, depth + 1);
    }
    if (random.below(8) == 0) continue;
    run.answer(random.below(4) == 0
                   ? tlmmu::kernel::call_error(tlmmu::kernel::CallError::no_memory)
                   : tlmmu::kernel::call_result(random.next() >> random.below(64)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const Scenario scenario =
        tlmmu::scenario::parse_scenario({reinterpret_cast<const char*>(data), size}, "input");
    tlmmu::Random random(size);
    if (scenario.boot && is_small(scenario.boot->body)) {
      play(ProcessRun::of_boot(scenario), random, 0);
    }
    for (std::uint32_t i = 0; i < scenario.processes.size(); ++i) {
      const auto* script =
          std::get_if<tlmmu::scenario::ScriptedProcess>(&scenario.processes[i].what);
      if (script != nullptr && is_small(script->body)) {
        play(ProcessRun(scenario, i, tlmmu::scenario::Layout{}), random, 0);
      }
    }
  } catch (const tlmmu::InputError& error) {
    if (std::string_view(error.what()).substr(0, 6) != "input:") std::abort();
  }
  return 0;
}
