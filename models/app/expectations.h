// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "models/stats/snapshot.h"
#include "models/workload/scenario/scenario.h"

namespace tlmmu {

/// A process that was ended, by the name that the scenario knows it by.
struct NamedKill {
  std::string process;
  std::string reason;
};

/// Throws InputError for the first expectation of what does not exist: a statistic that `before`,
/// taken before the run, cannot lead to, or a reason that the kernel does not know.
void check_expectations(const scenario::Scenario& scenario, const stats::Snapshot& before);

/// One line for each expectation that did not come true, with its place, what was expected and what
/// came. Throws InputError for a statistic of a process that has never been.
std::vector<std::string> failed_expectations(const scenario::Scenario& scenario,
                                             const stats::Snapshot& after,
                                             const std::vector<NamedKill>& kills);

}  // namespace tlmmu
