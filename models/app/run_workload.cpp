// SPDX-License-Identifier: Apache-2.0
#include "models/app/run_workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "firmware/kernel/vm/layout.h"
#include "models/base/error.h"
#include "models/platform/memory_map.h"

namespace tlmmu {

namespace {

constexpr const char* kStandardInput = "-";

/// Where a program of the kernel finds itself.
scenario::Layout layout_of(PagingModeName mode) {
  scenario::Layout layout;
  layout.stack_top = address_of(kernel::stack_top(paging_mode(mode)));
  return layout;
}

/// A path in a scenario counts from the scenario's folder.
std::string beside(const std::string& scenario, const std::string& path) {
  return (std::filesystem::path(scenario).parent_path() / path).string();
}

void check_memory(const scenario::Scenario& scenario, const scenario::Statement& statement,
                  const scenario::Access& access, Bytes memory) {
  const std::uint64_t start = std::get<VirtualAddress>(access.range.base).value();
  const std::uint64_t length =
      std::max<std::uint64_t>(access.range.end.value_or(Bytes(0)).value(), access.size);
  const std::uint64_t first = kMemoryBase.value();
  if (start >= first && start - first < memory.value() &&
      length <= memory.value() - (start - first)) {
    return;
  }
  throw InputError(fmt::format(
      "{}:{}:{}: without paging addresses are physical, and memory is from 0x{:x} to 0x{:x}",
      scenario.name, statement.place.line, statement.place.column, first,
      first + memory.value() - 1));
}

/// Before paging nothing is there to handle a fault.
void check_memory(const scenario::Scenario& scenario, const scenario::Block& block, Bytes memory) {
  for (const scenario::Statement& statement : block) {
    if (const auto* loop = std::get_if<scenario::Loop>(&statement.what)) {
      check_memory(scenario, loop->body, memory);
    } else {
      check_memory(scenario, statement, std::get<scenario::Access>(statement.what), memory);
    }
  }
}

}  // namespace

RunWorkload::RunWorkload(const RunOptions& options, const scenario::Scenario* scenario,
                         const MachineConfig& machine)
    : limit_(options.limit), layout_(layout_of(machine.mmu.mode)) {
  if (std::count(options.traces.begin(), options.traces.end(), kStandardInput) > 1) {
    throw InputError("--trace -: standard input can be read once only");
  }
  if (scenario != nullptr) {
    for (const auto& file : scenario->files) boot_.files.push_back(file.length / kPageBytes);
    for (const auto& program : scenario->programs) {
      boot_.programs.push_back(image_of(program, layout_));
    }
    for (std::uint32_t i = 0; i < scenario->processes.size(); ++i) add_program(*scenario, i);
    if (scenario->boot) add_firmware(*scenario, machine.memory.size);
  }
  for (const std::string& trace : options.traces) add_trace(trace, trace);
}

void RunWorkload::add_firmware(const scenario::Scenario& scenario, Bytes memory) {
  check_memory(scenario, scenario.boot->body, memory);
  firmware_ = std::make_unique<scenario::ScriptedSource>(scenario::ProcessRun::of_boot(scenario));
}

void RunWorkload::add_program(const scenario::Scenario& scenario, std::uint32_t process) {
  const scenario::Process& what = scenario.processes[process];
  if (const auto* traced = std::get_if<scenario::TracedProcess>(&what.what)) {
    return add_trace(what.name, beside(scenario.name, traced->trace));
  }
  scenario::ProcessRun run(scenario, process, layout_);
  programs_.push_back(std::make_unique<scenario::ScriptedSource>(std::move(run)));
  sources_.push_back(programs_.back().get());
  names_.push_back(what.name);
  boot_.processes.emplace_back(std::get<scenario::ScriptedProcess>(what.what).program.value());
}

void RunWorkload::add_trace(const std::string& name, const std::string& path) {
  traces_.push_back(std::make_unique<TraceReader>(path, TraceReaderOptions{limit_}));
  sources_.push_back(traces_.back().get());
  names_.push_back(name);
  boot_.processes.emplace_back();
}

std::optional<double> RunWorkload::fraction() const {
  if (!programs_.empty()) return std::nullopt;
  std::uint64_t consumed = 0;
  std::uint64_t total = 0;
  for (const auto& reader : traces_) {
    if (!reader->bytes_total()) return std::nullopt;
    consumed += reader->bytes_consumed();
    total += *reader->bytes_total();
  }
  if (total == 0) return std::nullopt;
  return static_cast<double>(consumed) / static_cast<double>(total);
}

}  // namespace tlmmu
