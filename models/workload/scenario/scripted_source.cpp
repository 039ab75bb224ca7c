// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/scripted_source.h"

#include <utility>

namespace tlmmu::scenario {

ScriptedSource::ScriptedSource(ProcessRun run) : run_(std::move(run)) {
  batch_.reserve(kBatch);
}

bool ScriptedSource::next_batch() {
  batch_.clear();
  while (!call_ && batch_.size() < kBatch) {
    const auto step = run_.next();
    if (!step) break;
    if (const auto* access = std::get_if<MemoryAccess>(&*step)) {
      batch_.push_back(*access);
    } else if (!std::holds_alternative<ExitCall>(std::get<SystemCall>(*step))) {
      call_ = std::get<SystemCall>(*step);
    }
  }
  set_batch(batch_.data(), batch_.size());
  return !batch_.empty();
}

void ScriptedSource::answer(const kernel::CallAnswer& answer) {
  call_.reset();
  run_.answer(answer);
}

std::unique_ptr<ProgramSource> ScriptedSource::child() {
  return std::make_unique<ScriptedSource>(run_.child());
}

}  // namespace tlmmu::scenario
