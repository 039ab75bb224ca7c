// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/hgatp.h"
#include "models/arch/paging_mode.h"
#include "models/arch/pmp.h"
#include "models/arch/satp.h"

namespace tlmmu::reference {

/// What RV32 and RV64 differ in.
struct HartWidths {
  unsigned xlen;
  unsigned pte_bytes;
  unsigned physical_bits;
  unsigned guest_physical_bits;  ///< of the operand of a fence; the deepest mode's are fewer
  SatpFormat satp;
  HgatpFormat hgatp;
  PmpAddressBits pmp_address;
};
constexpr HartWidths kRv32{32,        kSv32.pte_bytes, kSv32.physical_bits(), kSv32x4.virtual_bits,
                           kSatpRv32, kHgatpRv32,      PmpAddressBits::rv32};
constexpr HartWidths kRv64{64,        kSv39.pte_bytes, kSv39.physical_bits(), 64,
                           kSatpRv64, kHgatpRv64,      PmpAddressBits::rv64};

/// Those of a hart whose deepest mode is `mode`: Sv32 is RV32's only one.
constexpr const HartWidths& widths_of(PagingModeName mode) {
  return mode == PagingModeName::sv32 ? kRv32 : kRv64;
}

}  // namespace tlmmu::reference
