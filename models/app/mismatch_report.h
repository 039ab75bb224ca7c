// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "models/cosim/machine_mismatch.h"

namespace tlmmu {

/// Prints both sides of a walk, step by step.
void print_story(std::FILE* to, const std::vector<cosim::WalkLine>& story);

/// Writes the walk to the file `path`, as a walk case with all of its PTEs, and what refused
/// others. Throws HostError.
void write_case(const cosim::WalkRecord& record, const std::string& path);

/// Tells on standard error how hardware and model differ in a machine that `command` ran, writes
/// the walk as a case and the cycles before it as waves, WALKER_mismatch.case and .fst, and says
/// how to look at them. Throws HostError if they cannot be written.
void report_mismatch(const cosim::MachineMismatch& mismatch, const std::string& command);

}  // namespace tlmmu
