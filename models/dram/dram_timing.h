// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/quantity.h"
#include "models/config/visitor.h"
#include "models/dram/dram_geometry.h"

namespace tlmmu {

/// The timing rules of JEDEC's data sheets, under their names, in cycles of the DRAM clock. `_S`
/// holds between bank groups, `_L` inside one.
struct DramTiming {
  Picoseconds tCK;    ///< clock period; data moves on both edges
  Cycles tCL;         ///< RD to its first data
  Cycles tCWL;        ///< WR to its first data
  Cycles tRCD;        ///< ACT to RD or WR
  Cycles tRP;         ///< PRE to ACT or REF
  Cycles tRAS;        ///< ACT to PRE
  Cycles tRC;         ///< ACT to ACT or REF
  Cycles tCCD_S;      ///< RD to RD, WR to WR
  Cycles tCCD_L;      ///< RD to RD
  Cycles tCCD_L_WR;   ///< WR to WR
  Cycles tRRD_S;      ///< ACT to ACT of another bank
  Cycles tRRD_L;      ///< ACT to ACT of another bank
  Cycles tFAW;        ///< first to fifth ACT of a rank
  Cycles tWR;         ///< end of write data to PRE
  Cycles tWTR_S;      ///< end of write data to RD of the same rank
  Cycles tWTR_L;      ///< end of write data to RD of the same rank
  Cycles tRTP;        ///< RD to PRE
  Cycles tREFI;       ///< average time from REF to REF of a rank; 0 = no refresh
  Cycles tRFC;        ///< REF to ACT or REF
  Cycles turnaround;  ///< idle data-bus cycles between two drivers

  /// `geometry` decides which rules mean anything, and how long a burst occupies the bus.
  void describe(config::Visitor& v, const DramGeometry& geometry);
};

/// The cycles for which one burst occupies the data bus.
constexpr Cycles burst_cycles(const DramGeometry& geometry) {
  return Cycles(geometry.burst_length / 2U);
}

}  // namespace tlmmu
