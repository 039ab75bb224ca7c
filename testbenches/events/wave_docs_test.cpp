// SPDX-License-Identifier: Apache-2.0
// The table of signals in docs/waves.md is the one of the code.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "models/events/wave_signals.h"

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

}  // namespace
}  // namespace tlmmu::events
