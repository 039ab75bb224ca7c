// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/command_reporter.h"

#include <algorithm>

namespace tlmmu {

void CommandReporter::emit_until(Picoseconds now) {
  std::stable_sort(log_.begin(), log_.end(),
                   [](const IssuedCommand& a, const IssuedCommand& b) { return a.at < b.at; });
  auto next = log_.begin();
  for (; next != log_.end() && period_ * next->at.value() < now; ++next) {
    emitter_(period_ * next->at.value(), next->command);
  }
  log_.erase(log_.begin(), next);
}

void CommandReporter::emit_all() {
  emit_until(Picoseconds(~std::uint64_t{0}));
}

}  // namespace tlmmu
