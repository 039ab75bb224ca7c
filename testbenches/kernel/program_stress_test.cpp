// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/program_stress.h"

namespace tlmmu::kernel::testing {
namespace {

class KernelProgramStress : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(KernelProgramStress, contents_survive_every_system_call) {
  SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
  ProgramStress(GetParam(), {0}).run(3000, 500);
}

TEST_P(KernelProgramStress, contents_survive_disk_errors) {
  SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
  ProgramStress(GetParam() + 1000, {10}).run(3000, 500);
}

INSTANTIATE_TEST_SUITE_P(seeds, KernelProgramStress, ::testing::Range<std::uint64_t>(1, 21));

}  // namespace
}  // namespace tlmmu::kernel::testing
