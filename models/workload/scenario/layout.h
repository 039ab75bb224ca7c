// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/workload/scenario/scenario.h"

namespace tlmmu::scenario {

/// Where every process has its program and its stack: the same place for all.
struct Layout {
  VirtualAddress image{0x10000};                      ///< of the text; data and bss follow
  VirtualAddress stack_top{std::uint64_t{1} << 38U};  ///< first address above the stack
};

/// The segments of `program`, as exec takes them: text, data and bss, those that are not empty.
std::vector<kernel::ImageSegment> image_of(const Program& program, const Layout& layout);

}  // namespace tlmmu::scenario
