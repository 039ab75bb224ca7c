// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/app/command_line.h"
#include "models/events/output_file.h"

namespace tlmmu {

/// Answers a walk case with hardware, each walk in lockstep with the model, and prints the answers
/// as `tlmmu walk` does. A line that hardware cannot do (two stages, extensions that it lacks) is
/// answered by the model, and says so. False after a mismatch, of which the first is in `waves`.
bool run_cosim_case(const CosimOptions& options, std::optional<events::OutputFile>& waves);

}  // namespace tlmmu
