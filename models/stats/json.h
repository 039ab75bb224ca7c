// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "models/stats/snapshot.h"

namespace tlmmu::stats {

/// The statistics as nested objects. Counters are integers; times are integers in picoseconds;
/// ratios are numbers, or null where the denominator is 0; distributions are objects with their
/// bins.
nlohmann::ordered_json to_json(const Snapshot& snapshot);

/// The JSON Schema (draft 2020-12) of what to_json() gives for a machine like the one in
/// `snapshot`.
nlohmann::ordered_json to_json_schema(const Snapshot& snapshot);

/// The Markdown table of one group for the docs: statistic, unit, meaning; then its laws.
std::string to_markdown(const Snapshot& snapshot, const std::string& group);

}  // namespace tlmmu::stats
