// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/memory_config.h"

namespace tlmmu {

void MemoryConfig::describe(config::Visitor& v) {
  v.bytes({"size", "physical memory; must fit into the DRAM that [dram] describes"}, size,
          {mebibytes(1).value(), gibibytes(16'384).value()});
  v.require(size % kPageBytes == Bytes(0), "size", "must be a multiple of 4KiB");
}

}  // namespace tlmmu
