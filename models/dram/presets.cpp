// SPDX-License-Identifier: Apache-2.0
// Times that a standard gives in ns are rounded up to cycles by that standard's own rule: DDR4 and
// DDR5 allow a small guard band, LPDDR4 does not.
#include "models/dram/presets.h"

namespace tlmmu {

namespace {

/// One UDIMM rank of 8 Gb x8 devices: JESD79-4B, addressing of 8 Gb and speed bin DDR4-2400T
/// (17-17-17); 1 KiB pages; tRFC1 of 8 Gb; preamble of one clock.
constexpr DramGeometry kDdr4Geometry{1, 1, 4, 4, 65536, 1024, 64, 8};

constexpr DramTiming ddr4_2400() {
  DramTiming t{};
  t.tCK = Picoseconds(833);
  t.tCL = Cycles(17);  // 14.16 ns
  t.tCWL = Cycles(16);
  t.tRCD = Cycles(17);  // 14.16 ns
  t.tRP = Cycles(17);   // 14.16 ns
  t.tRAS = Cycles(39);  // 32 ns
  t.tRC = Cycles(56);   // 46.16 ns
  t.tCCD_S = Cycles(4);
  t.tCCD_L = Cycles(6);  // max(5 nCK, 5 ns)
  t.tCCD_L_WR = Cycles(6);
  t.tRRD_S = Cycles(4);    // max(4 nCK, 3.3 ns)
  t.tRRD_L = Cycles(6);    // max(4 nCK, 4.9 ns)
  t.tFAW = Cycles(26);     // max(20 nCK, 21 ns)
  t.tWR = Cycles(18);      // 15 ns
  t.tWTR_S = Cycles(3);    // max(2 nCK, 2.5 ns)
  t.tWTR_L = Cycles(9);    // max(4 nCK, 7.5 ns)
  t.tRTP = Cycles(9);      // max(4 nCK, 7.5 ns)
  t.tREFI = Cycles(9363);  // 7.8 us, up to 85 degrees C
  t.tRFC = Cycles(420);    // 350 ns
  t.turnaround = Cycles(2);
  return t;
}

/// A UDIMM's two sub-channels of one rank of 16 Gb x8 devices: JESD79-5, addressing of 16 Gb and
/// speed bin DDR5-4800B (40-39-39); 1 KiB pages; tRFC1 of 16 Gb; write preamble of two clocks. x8
/// devices need no read-modify-write for their on-die ECC, hence tCCD_L_WR2.
constexpr DramGeometry kDdr5Geometry{2, 1, 8, 4, 65536, 1024, 32, 16};

constexpr DramTiming ddr5_4800() {
  DramTiming t{};
  t.tCK = Picoseconds(416);
  t.tCL = Cycles(40);  // 16.64 ns
  t.tCWL = Cycles(38);
  t.tRCD = Cycles(39);  // 16 ns
  t.tRP = Cycles(39);   // 16 ns
  t.tRAS = Cycles(77);  // 32 ns
  t.tRC = Cycles(116);  // 48 ns
  t.tCCD_S = Cycles(8);
  t.tCCD_L = Cycles(12);     // max(8 nCK, 5 ns)
  t.tCCD_L_WR = Cycles(24);  // max(16 nCK, 10 ns)
  t.tRRD_S = Cycles(8);
  t.tRRD_L = Cycles(12);     // max(8 nCK, 5 ns)
  t.tFAW = Cycles(32);       // max(32 nCK, 13.33 ns)
  t.tWR = Cycles(72);        // 30 ns
  t.tWTR_S = Cycles(6);      // max(4 nCK, 2.5 ns)
  t.tWTR_L = Cycles(24);     // max(16 nCK, 10 ns)
  t.tRTP = Cycles(18);       // max(12 nCK, 7.5 ns)
  t.tREFI = Cycles(9375);    // 3.9 us, normal refresh mode
  t.tRFC = Cycles(708);      // 295 ns
  t.turnaround = Cycles(4);  // two clocks, and the preamble beyond the first half
  return t;
}

/// A package of two x16 channels with 8 Gb each: JESD209-4B, addressing of 16 Gb dual-channel
/// devices and the core timing of LPDDR4-3200, read latency without DBI, write latency set A.
/// Writes begin up to one clock late (tDQSS), so tWR and tWTR have one cycle more, as in the
/// standard's command tables. Reads end tDQSCK later than modelled, which `turnaround` respects.
constexpr DramGeometry kLpddr4Geometry{2, 1, 1, 8, 65536, 1024, 16, 16};

constexpr DramTiming lpddr4_3200() {
  DramTiming t{};
  t.tCK = Picoseconds(625);
  t.tCL = Cycles(28);
  t.tCWL = Cycles(14);
  t.tRCD = Cycles(29);  // 18 ns
  t.tRP = Cycles(29);   // 18 ns (tRPpb)
  t.tRAS = Cycles(68);  // 42 ns
  t.tRC = Cycles(97);
  t.tCCD_S = t.tCCD_L = t.tCCD_L_WR = Cycles(8);
  t.tRRD_S = t.tRRD_L = Cycles(16);  // 10 ns
  t.tFAW = Cycles(64);               // 40 ns
  t.tWR = Cycles(30);                // 18 ns
  t.tWTR_S = t.tWTR_L = Cycles(17);  // 10 ns
  t.tRTP = Cycles(12);               // 7.5 ns
  t.tREFI = Cycles(6246);            // 3.904 us
  t.tRFC = Cycles(448);              // 280 ns (tRFCab of 8 Gb a channel)
  t.turnaround = Cycles(8);          // tDQSCK of 3.5 ns, then a preamble of two clocks
  return t;
}

}  // namespace

DramGeometry preset_geometry(DramPreset preset) {
  switch (preset) {
    case DramPreset::ddr5_4800:
      return kDdr5Geometry;
    case DramPreset::lpddr4_3200:
      return kLpddr4Geometry;
    case DramPreset::ddr4_2400:
      break;
  }
  return kDdr4Geometry;
}

DramTiming preset_timing(DramPreset preset) {
  switch (preset) {
    case DramPreset::ddr5_4800:
      return ddr5_4800();
    case DramPreset::lpddr4_3200:
      return lpddr4_3200();
    case DramPreset::ddr4_2400:
      break;
  }
  return ddr4_2400();
}

}  // namespace tlmmu
