// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/layout.h"

namespace tlmmu::scenario {

std::vector<kernel::ImageSegment> image_of(const Program& program, const Layout& layout) {
  const VirtualAddress data = layout.image + program.text;
  std::vector<kernel::ImageSegment> segments;
  segments.push_back(
      {{layout.image, program.text}, kernel::kReadExecute, kernel::FilePart{program.file, 0}});
  if (program.data != Bytes(0)) {
    segments.push_back({{data, program.data},
                        kernel::kReadWrite,
                        kernel::FilePart{program.file, program.text / kPageBytes}});
  }
  if (program.bss != Bytes(0)) {
    segments.push_back({{data + program.data, program.bss}, kernel::kReadWrite, std::nullopt});
  }
  return segments;
}

}  // namespace tlmmu::scenario
