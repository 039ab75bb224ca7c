// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "models/workload/program_source.h"
#include "models/workload/scenario/process_run.h"

namespace tlmmu::scenario {

/// A scripted process, or a child of one, for a CPU to run.
class ScriptedSource : public ProgramSource {
 public:
  explicit ScriptedSource(ProcessRun run);

  bool next_batch() override;
  const SystemCall* call() const override { return call_ ? &*call_ : nullptr; }
  void answer(const kernel::CallAnswer& answer) override;
  std::unique_ptr<ProgramSource> child() override;
  std::vector<kernel::ImageSegment> image() const override { return run_.image(); }
  const std::string& name() const override { return run_.name(); }

 private:
  static constexpr std::size_t kBatch = 256;

  ProcessRun run_;
  std::vector<MemoryAccess> batch_;
  std::optional<SystemCall> call_;
};

}  // namespace tlmmu::scenario
