// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "models/app/command_line.h"
#include "models/stats/snapshot.h"

namespace tlmmu {

/// Everything about a finished run as JSON: what ran, the resolved configuration, all statistics,
/// and the laws. The same input gives the same bytes.
std::string results_json(const RunOptions& options, const MachineConfig& machine,
                         const stats::Snapshot& snapshot);

/// The JSON Schema of results_json() for a machine like this one.
std::string results_json_schema(const stats::Snapshot& snapshot);

}  // namespace tlmmu
