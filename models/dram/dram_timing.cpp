// SPDX-License-Identifier: Apache-2.0
#include "models/dram/dram_timing.h"

namespace tlmmu {

namespace {

constexpr config::Range kCycles{1, 10'000};

void describe_bank_rules(config::Visitor& v, DramTiming& t) {
  v.number({"tCL", "RD to its first data"}, t.tCL, kCycles);
  v.number({"tCWL", "WR to its first data"}, t.tCWL, kCycles);
  v.number({"tRCD", "ACT to RD or WR"}, t.tRCD, kCycles);
  v.number({"tRP", "PRE to ACT or REF"}, t.tRP, kCycles);
  v.number({"tRAS", "ACT to PRE"}, t.tRAS, kCycles);
  v.number({"tRC", "ACT to ACT or REF of the same bank"}, t.tRC, kCycles);
  v.require(t.tRC >= t.tRAS + t.tRP, "tRC", "must be at least tRAS + tRP");
  v.number({"tWR", "end of write data to PRE"}, t.tWR, kCycles);
  v.number({"tRTP", "RD to PRE"}, t.tRTP, kCycles);
}

void describe_rank_rules(config::Visitor& v, DramTiming& t, const DramGeometry& geometry) {
  v.number({"tCCD_L", "RD to RD inside a bank group"}, t.tCCD_L, kCycles);
  v.number({"tCCD_L_WR", "WR to WR inside a bank group"}, t.tCCD_L_WR, kCycles);
  v.number({"tRRD_L", "ACT to ACT inside a bank group"}, t.tRRD_L, kCycles);
  v.number({"tWTR_L", "end of write data to RD inside a bank group"}, t.tWTR_L, kCycles);
  v.when(geometry.bank_groups > 1, "bank_groups > 1", [&] {
    v.number({"tCCD_S", "RD to RD or WR to WR of another bank group"}, t.tCCD_S, kCycles);
    v.number({"tRRD_S", "ACT to ACT of another bank group"}, t.tRRD_S, kCycles);
    v.number({"tWTR_S", "end of write data to RD of another bank group"}, t.tWTR_S, kCycles);
    v.require(t.tCCD_S <= t.tCCD_L, "tCCD_S", "must be at most tCCD_L");
    v.require(t.tCCD_S <= t.tCCD_L_WR, "tCCD_S", "must be at most tCCD_L_WR");
    v.require(t.tRRD_S <= t.tRRD_L, "tRRD_S", "must be at most tRRD_L");
    v.require(t.tWTR_S <= t.tWTR_L, "tWTR_S", "must be at most tWTR_L");
  });
  v.number({"tFAW", "any ACT of a rank to the fourth one after it"}, t.tFAW, kCycles);
  v.number({"turnaround",
            "idle data-bus cycles when another side drives: a read after a write, a "
            "write after a read, another rank"},
           t.turnaround, {0, 1'000});
}

void describe_refresh(config::Visitor& v, DramTiming& t) {
  v.number({"tREFI", "a rank's refresh interval; 0 = no refresh"}, t.tREFI, {0, 1'000'000});
  const bool refreshes = t.tREFI != Cycles(0);
  v.when(refreshes, "tREFI > 0", [&] {
    v.number({"tRFC", "REF to ACT or REF"}, t.tRFC, kCycles);
    v.require(t.tREFI > t.tRFC + t.tRC, "tREFI", "must be more than tRFC + tRC");
  });
}

}  // namespace

void DramTiming::describe(config::Visitor& v, const DramGeometry& geometry) {
  v.time({"tCK", "clock period; data moves on both edges"}, tCK, {100, 100'000});
  describe_bank_rules(v, *this);
  describe_rank_rules(v, *this, geometry);
  describe_refresh(v, *this);
}

}  // namespace tlmmu
