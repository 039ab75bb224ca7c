// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/analysis/analysis.h"
#include "models/app/command_line.h"

namespace tlmmu {

/// What was analyzed and everything about it as JSON (docs/analysis.md). The same input gives the
/// same bytes.
std::string analysis_json(const AnalyzeOptions& options, const analysis::Analysis& analysis);

}  // namespace tlmmu
