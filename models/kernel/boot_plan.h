// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "firmware/kernel/system_calls.h"

namespace tlmmu {

/// What is there when the kernel starts, besides the machine.
struct BootPlan {
  std::vector<std::uint64_t> files;  ///< pages of each file on the disk; the index is its FileId
  /// Segments of each program; the index is that of ExecCall.
  std::vector<std::vector<kernel::ImageSegment>> programs;
  /// The program that each process starts; nothing, and processes beyond the list: a recorded one.
  std::vector<std::optional<std::uint32_t>> processes;

  kernel::ProgramImage image(std::uint32_t program) const {
    return {programs.at(program).data(), programs.at(program).size()};
  }
};

}  // namespace tlmmu
