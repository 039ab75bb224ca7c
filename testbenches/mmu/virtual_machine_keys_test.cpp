// SPDX-License-Identifier: Apache-2.0
#include "testbenches/mmu/virtual_machine_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "models/base/random.h"
#include "models/config/document.h"
#include "models/platform/machine_config.h"
#include "testbenches/mmu/virtual_machine_bench.h"
#include "testbenches/support/laws.h"

namespace tlmmu {

void PrintTo(const VirtualMachineKey& row, std::ostream* out) {
  *out << row.key << " = " << row.value;
}

namespace {

using testing::TwoStageTables;
using testing::VirtualMachineBench;

/// The row's own value counts in the second machine only.
enum class Machine { before, after };

MmuConfig machine_of(const VirtualMachineKey& row, Machine machine) {
  config::Document document;
  std::istringstream settings(row.context);
  for (std::string setting; std::getline(settings, setting, ';');) document.set(setting);
  if (machine == Machine::after) document.set(std::string(row.key) + "=" + row.value);
  MachineConfig config;
  document.load(config);
  return config.mmu;
}

/// Pages of a guest that need several tables of every level, in both stages.
struct Guest {
  std::vector<VirtualAddress> pages;

  explicit Guest(TwoStageTables& tables) {
    Random random(1);
    for (std::uint64_t i = 0; i < 200; ++i) {
      // far apart, or close together
      const std::uint64_t top = random.below(4) << 48U | random.below(4) << 39U;
      const std::uint64_t low = random.below(4) << 30U | random.below(4) << 21U;
      pages.emplace_back(top | low | random.below(8) << 12U);
      const std::uint64_t frame = (top >> 12U) + (random.below(3) << 18U) + 0x800 + i;
      if (!tables.vs().find(pages.back())) tables.map(pages.back(), Ppn(frame));
    }
  }
};

unsigned pte_accesses(VirtualMachineBench& bench) {
  const Guest guest(bench.tables);
  Random random(2);
  for (int i = 0; i < 4'000; ++i) {
    const VirtualAddress page = guest.pages[random.below(guest.pages.size())];
    const AccessType type = random.below(4) == 0 ? AccessType::fetch : AccessType::load;
    EXPECT_FALSE(bench.translate(page, type).fault);
    if (i % 500 != 0) continue;
    Fence fence;
    fence.kind = FenceKind::hfence_gvma;
    bench.fence(fence);
  }
  testing::expect_laws_hold(bench.mmu);
  return bench.pte_accesses;
}

class VirtualMachineKeyTest : public ::testing::TestWithParam<VirtualMachineKey> {};

TEST_P(VirtualMachineKeyTest, changes_the_number_of_pte_accesses) {
  VirtualMachineBench before("before", machine_of(GetParam(), Machine::before),
                             PagingModeName::sv57);
  VirtualMachineBench after("after", machine_of(GetParam(), Machine::after), PagingModeName::sv57);
  EXPECT_NE(pte_accesses(before), pte_accesses(after));
}

std::string key_name(const ::testing::TestParamInfo<VirtualMachineKey>& info) {
  std::string name = info.param.key;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Keys, VirtualMachineKeyTest, ::testing::ValuesIn(kVirtualMachineKeys),
                         key_name);

}  // namespace
}  // namespace tlmmu
