// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/app/command_line.h"

namespace tlmmu {

/// `tlmmu config`: prints to standard output. Throws InputError.
void run_config(const ConfigOptions& options);

}  // namespace tlmmu
