// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/analysis/analysis.h"

namespace tlmmu {

/// Everything about an analyzed trace as JSON (docs/analysis.md). The same input gives the same
/// bytes.
std::string analysis_json(const std::string& trace, const analysis::Analysis& analysis);

}  // namespace tlmmu
