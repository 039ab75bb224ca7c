// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/app/command_line.h"

namespace tlmmu {

/// Whether every law held and every verified load was right.
enum class RunResult : std::uint8_t { good, broken };

/// `tlmmu run`: plays the traces, writes the outputs, prints the report to standard output and
/// broken laws to standard error. Throws InputError and HostError; then no output file has
/// appeared.
RunResult run(const RunOptions& options);

}  // namespace tlmmu
