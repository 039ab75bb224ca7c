// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/program_stress.h"

namespace tlmmu::kernel::testing {
namespace {

class KernelProgramStress : public ::testing::TestWithParam<std::uint64_t> {};
class KernelHugeStress : public KernelProgramStress {};

TEST_P(KernelProgramStress, contents_survive_every_system_call) {
  SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
  ProgramStress(GetParam(), {}).run(3000, 500);
}

TEST_P(KernelProgramStress, contents_survive_disk_errors) {
  SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
  ProgramStress::Dangers dangers;
  dangers.bad_blocks = 10;
  ProgramStress(GetParam() + 1000, dangers).run(3000, 500);
}

TEST_P(KernelProgramStress, contents_survive_a_late_disk_and_a_full_swap_area) {
  SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
  ProgramStress::Dangers dangers;
  dangers.late_disk = true;
  dangers.tiny_swap = GetParam() % 2 == 0;
  ProgramStress stress(GetParam() + 2000, dangers);
  stress.run(3000, 500);
  EXPECT_GT(stress.transitions(), 500U);
}

TEST_P(KernelHugeStress, contents_survive_large_pages_that_are_split) {
  SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
  ProgramStress::Dangers dangers;
  dangers.huge_pages = GetParam() % 2 == 0 ? HugePageUse::always : HugePageUse::madvise;
  ProgramStress(GetParam() + 3000, dangers).run(2000, 1000);
}

INSTANTIATE_TEST_SUITE_P(seeds, KernelProgramStress, ::testing::Range<std::uint64_t>(1, 21));
INSTANTIATE_TEST_SUITE_P(seeds, KernelHugeStress, ::testing::Range<std::uint64_t>(1, 5));

}  // namespace
}  // namespace tlmmu::kernel::testing
