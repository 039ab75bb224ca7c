// SPDX-License-Identifier: Apache-2.0
#include "models/app/walk_command.h"

#include <fmt/format.h>

#include "models/app/case_file.h"
#include "models/reference/case_runner.h"
#include "models/reference/cold_mmu.h"
#include "models/reference/warm_mmu.h"

namespace tlmmu {

namespace {

using reference::WalkCase;

void print_answers(const WalkCase& walk_case, const WalkOptions& options,
                   reference::CaseMachine& machine, reference::Translator& mmu) {
  reference::CaseRunner runner(machine, mmu, options.final_pmp);
  for (const reference::Line& line : walk_case.lines) {
    const auto answer = runner.run(line);
    if (!answer) continue;
    const std::string& id = std::get<reference::Request>(line.content).id;
    fmt::print("{}\n", reference::to_text(id, *answer, options.detail));
  }
}

}  // namespace

void run_walk(const WalkOptions& options) {
  const MachineConfig config = load_machine(options.configuration);
  const WalkCase walk_case = read_case(options.file);
  reference::CaseMachine machine(walk_case.mode);
  if (options.start == WalkStart::cold) {
    reference::ColdMmu mmu(machine);
    return print_answers(walk_case, options, machine, mmu);
  }
  reference::WarmMmu mmu("walk", config.mmu, config.cpu.clock, config.simulation.seed);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  mmu.serve(machine);
  print_answers(walk_case, options, machine, mmu);
}

}  // namespace tlmmu
