// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/app/command_line.h"

namespace tlmmu {

/// `tlmmu analyze`: reads the trace once, writes the outputs and prints the report to standard
/// output. Throws InputError and HostError; then no output file has appeared.
void analyze(const AnalyzeOptions& options);

}  // namespace tlmmu
