// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "firmware/mmu_probe/probe_case.h"

namespace tlmmu::testing {

/// Why QEMU cannot be asked here: what is missing, and the package that has it. Empty if it can.
std::string why_no_qemu();

/// What the probe, run by QEMU on a hart of the properties `cpu` (as for its option -cpu), says of
/// each case: a line as firmware/mmu_probe/probe.cpp describes it, without its number. Throws
/// HostError if the run did not come to its end.
std::vector<std::string> ask_qemu(const std::string& cpu,
                                  const std::vector<mmu_probe::Case>& cases);

}  // namespace tlmmu::testing
