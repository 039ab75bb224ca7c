// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/app/command_line.h"

namespace tlmmu {

/// Prints one line for each request of the case. Nothing is printed of a case that is malformed.
void run_walk(const WalkOptions& options);

}  // namespace tlmmu
