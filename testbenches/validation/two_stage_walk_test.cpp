// SPDX-License-Identifier: Apache-2.0
// Closed-form numbers of two-stage walks. With v levels left to read in the VS stage and g in the G
// stage, each of the v guest PTEs and the result costs g reads, and each guest PTE one more.
#include <gtest/gtest.h>

#include "models/ptw/two_stage_walk.h"
#include "testbenches/support/two_stage_tables.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu {
namespace {

using testing::run_walk;
using testing::TwoStageTables;

constexpr VirtualAddress kAddress{0x1234'5678};

std::size_t reads_without_caches(PagingModeName mode) {
  TwoStageTables tables(mode);
  tables.map(kAddress, Ppn(0x777));
  const auto walked = run_walk(TwoStageWalk(tables.request(kAddress), {}), tables);
  EXPECT_NE(walked.translation(), nullptr);
  return walked.reads.size();
}

TEST(Validation8, sv32_over_sv32x4_reads_8_ptes) {
  EXPECT_EQ(reads_without_caches(PagingModeName::sv32), 8U);
}
TEST(Validation8, sv39_over_sv39x4_reads_15_ptes) {
  EXPECT_EQ(reads_without_caches(PagingModeName::sv39), 15U);
}
TEST(Validation8, sv48_over_sv48x4_reads_24_ptes) {
  EXPECT_EQ(reads_without_caches(PagingModeName::sv48), 24U);
}
TEST(Validation8, sv57_over_sv57x4_reads_35_ptes) {
  EXPECT_EQ(reads_without_caches(PagingModeName::sv57), 35U);
}

/// A walk whose caches know the VS-stage tables down to the one at level `vs_left` - 1, and those
/// of every G stage down to level `g_left` - 1; with `g_left` = 0 the G stage's translations.
std::size_t reads_with_cached_levels(TwoStageTables& tables, unsigned vs_left, unsigned g_left) {
  const auto table_of = [](testing::PageTableBuilder& builder, VirtualAddress address,
                           unsigned level) {
    return TablePointer{builder.pte_at(address, level).page(), level};
  };
  TwoStageWalk walk(tables.request(kAddress), {});
  if (vs_left < tables.vs().mode().levels) {
    walk.start_at(table_of(tables.vs(), kAddress, vs_left - 1));
  }
  std::size_t reads = 0;
  while (!walk.ended()) {
    if (walk.g_stage_begins()) {
      const VirtualAddress guest = walk.g_stage_request().address;
      if (g_left == 0) {
        const Pte leaf = *tables.g().read(tables.g().pte_at(guest, 0));
        walk.supply_g_stage({guest.page(), leaf.ppn(), PageSize::k4KiB, leaf.flags()});
        continue;
      }
      if (g_left < tables.g().mode().levels) {
        walk.start_g_stage_at(table_of(tables.g(), guest, g_left - 1));
      }
    }
    ++reads;
    walk.supply(*tables.read(std::get<PteRead>(walk.step()).address));
  }
  const auto* translation = std::get_if<Translation>(&walk.step());
  EXPECT_NE(translation, nullptr);
  EXPECT_EQ(translation->ppn, TwoStageTables::host(Ppn(0x777)));
  return reads;
}

TEST(Validation8, the_matrix_of_reads_against_cached_levels) {
  for (const auto mode :
       {PagingModeName::sv32, PagingModeName::sv39, PagingModeName::sv48, PagingModeName::sv57}) {
    TwoStageTables tables(mode);
    tables.map(kAddress, Ppn(0x777));
    const unsigned levels = paging_mode(mode).levels;
    for (unsigned vs_left = 1; vs_left <= levels; ++vs_left) {
      for (unsigned g_left = 0; g_left <= levels; ++g_left) {
        EXPECT_EQ(reads_with_cached_levels(tables, vs_left, g_left),
                  (vs_left + 1) * g_left + vs_left)
            << name_in(kEveryPagingModeName, mode) << ' ' << vs_left << ' ' << g_left;
      }
    }
  }
}

}  // namespace
}  // namespace tlmmu
