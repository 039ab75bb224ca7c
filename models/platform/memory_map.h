// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/address.h"

namespace tlmmu {

// Where things are in physical memory: as on QEMU's `virt` machine.
constexpr PhysicalAddress kSwapDiskBase{0x1000'1000};
constexpr PhysicalAddress kMemoryBase{0x8000'0000};

}  // namespace tlmmu
