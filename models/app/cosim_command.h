// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/app/command_line.h"

namespace tlmmu {

enum class CosimResult : std::uint8_t { agrees, differs };

/// Runs walkers in hardware beside the model: at random, or through a walk case. Throws InputError.
CosimResult run_cosim(const CosimOptions& options);

}  // namespace tlmmu
