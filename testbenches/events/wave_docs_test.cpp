// SPDX-License-Identifier: Apache-2.0
// What stands beside the code about signals, docs/waves.md and waves/machine.gtkw, fits it.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "models/events/wave_sink.h"
#include "testbenches/events/wave_log.h"
#include "testbenches/support/wave_layout.h"

namespace tlmmu::events {
namespace {

constexpr EnumName<UnitKind> kUnitNames[] = {
    {UnitKind::tlb, "TLB"},
    {UnitKind::walker, "walker"},
    {UnitKind::cache, "cache"},
    {UnitKind::memory, "memory"},
    {UnitKind::channel, "DRAM channel"},
    {UnitKind::bank, "DRAM bank"},
    {UnitKind::disk, "disk"},
    {UnitKind::kernel, "kernel"},
    {UnitKind::cpu, "cpu"},
};

std::string type_of(const SignalDeclaration& declaration) {
  switch (declaration.type) {
    case SignalType::number:
      return fmt::format("{} bits", declaration.bits);
    case SignalType::text:
      return "text";
    case SignalType::state:
      break;
  }
  std::string names;
  for (unsigned i = 0; i < declaration.states->count; ++i) {
    names += fmt::format("{}`{}`", i == 0 ? "" : ", ", declaration.states->values[i]);
  }
  return names;
}

TEST(WaveDocs, list_every_signal_as_it_is_declared) {
  std::ifstream in(TLMMU_SOURCE_DIR "/docs/waves.md");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  for (const SignalRow& row : kSignalRows) {
    EXPECT_THAT(page, testing::HasSubstr(fmt::format(
                          "\n| {} | `{}` | {} | {} | {} |\n", name_in(kUnitNames, row.unit),
                          row.declaration.name, type_of(row.declaration), row.help, row.events)));
  }
}

TEST(WaveLayout, names_signals_of_the_default_machine) {
  WaveLog log;
  WaveSink sink(std::make_unique<LoggingWriter>(log), {Picoseconds(500), {1, 1, 16, {}}});
  std::uint16_t id = 0;
  for (const char* unit :
       {"mmu.l1_itlb", "mmu.l1_dtlb", "mmu.l2_tlb", "mmu.ptw", "cache.l1i", "cache.l1d", "cache.l2",
        "memory_controller", "swap_disk", "kernel", "cpu"}) {
    sink.name_unit(UnitId{id++}, unit);
  }
  sink.close();
  const std::vector<std::string> shown =
      names_of(layout_signals(TLMMU_SOURCE_DIR "/waves/machine.gtkw"));
  EXPECT_GT(shown.size(), 40U);
  EXPECT_THAT(shown, testing::IsSubsetOf(log.declared));
}

}  // namespace
}  // namespace tlmmu::events
