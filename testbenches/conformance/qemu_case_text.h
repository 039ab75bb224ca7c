// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "firmware/mmu_probe/probe_case.h"
#include "models/ptw/walk_rules.h"

namespace tlmmu::testing {

/// The case in the language of `tlmmu walk`.
std::string walk_case(const mmu_probe::Case& asked, const WalkRules& rules);

}  // namespace tlmmu::testing
