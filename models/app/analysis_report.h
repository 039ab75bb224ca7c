// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/analysis/analysis.h"

namespace tlmmu {

/// One screen that says what a trace needs of memory: its pages, its working sets, and the faults
/// of LRU and OPT.
std::string analysis_report(const analysis::Analysis& analysis);

}  // namespace tlmmu
