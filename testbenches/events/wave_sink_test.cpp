// SPDX-License-Identifier: Apache-2.0
#include "models/events/wave_sink.h"

#include <gmock/gmock.h>

#include <set>

#include "testbenches/events/wave_log.h"

namespace tlmmu::events {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr UnitId kTlb{0};
constexpr UnitId kWalker{1};
constexpr UnitId kCache{2};
constexpr UnitId kMemory{3};
constexpr UnitId kDisk{4};
constexpr UnitId kKernel{5};
constexpr UnitId kCpu{6};
constexpr UnitId kUnknown{7};

/// A sink that shows one unit of each kind.
class WaveSinkTest : public testing::Test {
 protected:
  WaveSinkTest() {
    sink_.name_unit(kTlb, "mmu.l1_dtlb");
    sink_.name_unit(kWalker, "mmu.ptw");
    sink_.name_unit(kCache, "cache.l1d");
    sink_.name_unit(kMemory, "memory_controller");
    sink_.name_unit(kDisk, "swap_disk");
    sink_.name_unit(kKernel, "kernel");
    sink_.name_unit(kCpu, "cpu");
    sink_.name_unit(kUnknown, "bus");
    sink_.advance_to(Picoseconds(0));
  }
  template <class Event>
  void at(std::uint64_t time, UnitId unit, const Event& event) {
    sink_.on(Stamp{Picoseconds(time), unit}, event);
  }

  WaveLog log_;
  WaveSink sink_{std::make_unique<LoggingWriter>(log_),
                 WaveSettings{Picoseconds(500), DramShape{2, 2, 2, Picoseconds(3'000)}}};
};

TEST_F(WaveSinkTest, signals_stand_under_the_names_of_their_units) {
  EXPECT_THAT(log_.declared,
              testing::IsSupersetOf({"mmu.l1_dtlb.lookup", "mmu.ptw.state", "cache.l1d.address",
                                     "swap_disk.waiting", "kernel.free",
                                     "memory_controller.channel1.command",
                                     "memory_controller.channel1.bank3.row"}));
  const std::set<std::string> names(log_.declared.begin(), log_.declared.end());
  EXPECT_EQ(names.size(), log_.declared.size());
}

TEST_F(WaveSinkTest, a_lookup_shows_its_outcome_and_address) {
  at(1'000, kTlb, TlbLookup{VirtualAddress(0x1234), Asid(1), AccessType::load, Lookup::miss});
  at(2'000, kTlb, TlbLookup{VirtualAddress(0x1238), Asid(1), AccessType::load, Lookup::hit});
  at(2'000, kTlb, TlbFilled{Vpn(1), Ppn(0x80000), PageSize::k4KiB});
  sink_.close();
  EXPECT_THAT(log_.of("mmu.l1_dtlb.lookup"),
              ElementsAre("1000=miss", "1500=idle", "2000=hit", "2500=idle"));
  EXPECT_THAT(log_.of("mmu.l1_dtlb.address"), ElementsAre("1000=4660", "2000=4664"));
  EXPECT_THAT(log_.of("mmu.l1_dtlb.filled"), ElementsAre("2000=1"));
}

TEST_F(WaveSinkTest, the_mode_of_the_hart_lasts_until_the_next_one) {
  at(1'000, kCpu, ModeChange{HartMode::supervisor});
  at(2'000, kCpu, ModeChange{HartMode::user});
  sink_.close();
  EXPECT_THAT(log_.of("cpu.mode"), ElementsAre("1000=supervisor", "2000=user"));
}

TEST_F(WaveSinkTest, lookups_without_a_pause_show_no_idle_between_them) {
  for (std::uint64_t i = 0; i < 3; ++i) {
    at(1'000 + i * 500, kCache,
       CacheLookup{PhysicalAddress(64 * (i + 1)), AccessType::load, Lookup::hit});
  }
  sink_.close();
  EXPECT_THAT(log_.of("cache.l1d.lookup"), ElementsAre("1000=hit", "2500=idle"));
  EXPECT_THAT(log_.of("cache.l1d.address"), ElementsAre("1000=64", "1500=128", "2000=192"));
}

TEST_F(WaveSinkTest, a_walk_shows_its_states_by_name_and_itself_as_a_box) {
  at(10, kWalker, WalkStarted{VirtualAddress(0x4000'0000), Asid(0), AccessType::store});
  at(20, kWalker, PteFetched{2, PhysicalAddress(0x8000'0008), 0x11});
  at(30, kWalker, PteFetched{0, PhysicalAddress(0x8000'1000), 0x22});
  at(40, kWalker, PteUpdated{PhysicalAddress(0x8000'1000), 0xe2});
  at(50, kWalker, WalkFinished{WalkOutcome::translated, PhysicalAddress(0), PageSize::k4KiB});
  at(60, kWalker, WalkStarted{VirtualAddress(0x5000'0000), Asid(0), AccessType::load});
  at(70, kWalker, WalkFinished{WalkOutcome::page_fault, PhysicalAddress(0), PageSize::k4KiB});
  sink_.close();
  EXPECT_THAT(log_.of("mmu.ptw.state"), ElementsAre("10=lookup", "20=L2", "30=L0", "40=update",
                                                    "50=idle", "60=lookup", "70=idle"));
  EXPECT_THAT(log_.of("mmu.ptw.walk"), ElementsAre("10=?DarkOrange4?store 0x40000000",
                                                   "50=", "60=?DarkGreen?load 0x50000000", "70="));
  EXPECT_THAT(log_.of("mmu.ptw.level"), ElementsAre("20=2", "30=0"));
  EXPECT_THAT(log_.of("mmu.ptw.pte"), ElementsAre("20=17", "30=34", "40=226"));
  EXPECT_THAT(log_.of("mmu.ptw.result"), ElementsAre("50=translated", "60=none", "70=page_fault"));
}

TEST_F(WaveSinkTest, a_bank_shows_its_open_row) {
  at(1'000, kMemory, DramCommand{DramCommandName::activate, 1, 3, 77});
  at(2'000, kMemory, DramCommand{DramCommandName::read, 1, 3, 77});
  at(9'000, kMemory, DramCommand{DramCommandName::precharge, 1, 3, 77});
  sink_.close();
  EXPECT_THAT(log_.of("memory_controller.channel1.bank3.state"),
              ElementsAre("1000=open", "9000=closed"));
  EXPECT_THAT(log_.of("memory_controller.channel1.bank3.row"), ElementsAre("1000=77"));
  EXPECT_THAT(log_.of("memory_controller.channel1.command"),
              ElementsAre("1000=?DarkGreen?ACT bank 3", "1500=", "2000=?SteelBlue4?RD bank 3",
                          "2500=", "9000=?gray40?PRE bank 3", "9500="));
  EXPECT_THAT(log_.of("memory_controller.channel0.command"), IsEmpty());
}

TEST_F(WaveSinkTest, a_refresh_keeps_all_banks_of_its_rank_busy) {
  at(1'000, kMemory, DramCommand{DramCommandName::refresh, 0, 2, 0});
  sink_.close();
  for (const char* bank : {"bank2", "bank3"}) {
    EXPECT_THAT(log_.of(std::string("memory_controller.channel0.") + bank + ".state"),
                ElementsAre("1000=refreshing", "4000=closed"));
  }
  EXPECT_THAT(log_.of("memory_controller.channel0.bank1.state"), IsEmpty());
  EXPECT_THAT(log_.of("memory_controller.channel1.bank2.state"), IsEmpty());
}

TEST_F(WaveSinkTest, a_command_outside_of_the_declared_memory_is_not_shown) {
  at(1'000, kMemory, DramCommand{DramCommandName::activate, 2, 0, 1});
  at(1'000, kMemory, DramCommand{DramCommandName::refresh, 0, 4, 1});
  sink_.close();
  EXPECT_EQ(log_.changes.size(), log_.declared.size());
}

TEST_F(WaveSinkTest, the_disk_shows_its_queue) {
  at(5, kDisk, DiskQueue{3, 1});
  sink_.close();
  EXPECT_THAT(log_.of("swap_disk.waiting"), ElementsAre("5=3"));
  EXPECT_THAT(log_.of("swap_disk.in_service"), ElementsAre("5=1"));
}

TEST_F(WaveSinkTest, the_kernel_shows_frames_faults_and_who_runs) {
  at(0, kKernel, FrameCounts{100, 0, 1, 0});
  at(0, kKernel, ProcessSwitch{2});
  at(1'000, kKernel, PageFault{2, VirtualAddress(0x1000), FaultKind::major_swap});
  at(1'200, kKernel, FrameCounts{99, 0, 1, 1});
  at(1'200, kKernel, ProcessSwitch{ProcessSwitch::kIdle});
  sink_.close();
  EXPECT_THAT(log_.of("kernel.free"), ElementsAre("0=100", "1200=99"));
  EXPECT_THAT(log_.of("kernel.mapped"), IsEmpty());
  EXPECT_THAT(log_.of("kernel.page_tables"), ElementsAre("0=1"));
  EXPECT_THAT(log_.of("kernel.in_flight"), ElementsAre("1200=1"));
  EXPECT_THAT(log_.of("kernel.process"), ElementsAre("0=?DarkOrange4?process 2", "1200="));
  EXPECT_THAT(log_.of("kernel.fault"),
              ElementsAre("1000=?DarkRed?major_swap process 2 0x1000", "251000="));
}

TEST_F(WaveSinkTest, a_unit_named_too_late_is_not_shown) {
  sink_.name_unit(UnitId{8}, "cache.l9");
  at(1, UnitId{8}, CacheLookup{PhysicalAddress(1), AccessType::load, Lookup::hit});
  sink_.close();
  EXPECT_EQ(log_.changes.size(), log_.declared.size());
}

TEST(WaveUnits, a_name_tells_the_kind_of_its_unit) {
  EXPECT_EQ(kind_of("mmu.l1_itlb"), UnitKind::tlb);
  EXPECT_EQ(kind_of("mmu.l2_tlb"), UnitKind::tlb);
  EXPECT_EQ(kind_of("mmu.ptw"), UnitKind::walker);
  EXPECT_EQ(kind_of("cache.l2"), UnitKind::cache);
  EXPECT_EQ(kind_of("memory_controller"), UnitKind::memory);
  EXPECT_EQ(kind_of("swap_disk"), UnitKind::disk);
  EXPECT_EQ(kind_of("kernel"), UnitKind::kernel);
  EXPECT_EQ(kind_of("cpu"), UnitKind::cpu);
  EXPECT_EQ(kind_of("bus"), std::nullopt);
}

TEST_F(WaveSinkTest, events_of_units_that_are_not_shown_are_ignored) {
  at(1, kUnknown, TlbLookup{VirtualAddress(1), Asid(1), AccessType::load, Lookup::hit});
  at(1, kCache, TlbLookup{VirtualAddress(1), Asid(1), AccessType::load, Lookup::hit});
  sink_.close();
  EXPECT_EQ(log_.changes.size(), log_.declared.size());
  EXPECT_TRUE(log_.closed);
}

}  // namespace
}  // namespace tlmmu::events
