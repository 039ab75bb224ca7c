// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/analysis/analysis.h"

namespace tlmmu {

/// The curves of an analyzed trace for gnuplot: blocks named working_set, lru and opt, each with a
/// line of column names, two blank lines apart (docs/analysis.md).
std::string analysis_csv(const analysis::Analysis& analysis);

}  // namespace tlmmu
