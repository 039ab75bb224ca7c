// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/app/command_line.h"
#include "models/kernel/boot_plan.h"
#include "models/platform/machine_config.h"
#include "models/workload/scenario/scripted_source.h"
#include "models/workload/trace_reader.h"

namespace tlmmu {

/// Everything that a run plays: the scenario's processes in the order of the file, then the traces
/// of the command line.
class RunWorkload {
 public:
  /// Opens the traces; throws InputError. `scenario` may be null and outlives the workload.
  RunWorkload(const RunOptions& options, const scenario::Scenario* scenario,
              const MachineConfig& machine);

  /// One for each process.
  const std::vector<AccessSource*>& sources() const { return sources_; }
  const BootPlan& boot() const { return boot_; }
  /// What comes before them, without paging; may be null.
  AccessSource* firmware() const { return firmware_.get(); }
  /// What the process is called that the kernel gives this number; children are not known here.
  const std::string& name(std::uint32_t process) const { return names_.at(process); }
  std::size_t processes() const { return names_.size(); }
  /// How much of the traces has been read; empty if that cannot be known, or is not all there is.
  std::optional<double> fraction() const;

 private:
  void add_firmware(const scenario::Scenario& scenario, Bytes memory);
  void add_program(const scenario::Scenario& scenario, std::uint32_t process);
  void add_trace(const std::string& name, const std::string& path);

  std::optional<std::uint64_t> limit_;
  scenario::Layout layout_;
  std::vector<std::unique_ptr<scenario::ScriptedSource>> programs_;
  std::unique_ptr<scenario::ScriptedSource> firmware_;
  std::vector<std::unique_ptr<TraceReader>> traces_;
  std::vector<AccessSource*> sources_;
  std::vector<std::string> names_;
  BootPlan boot_;
};

}  // namespace tlmmu
