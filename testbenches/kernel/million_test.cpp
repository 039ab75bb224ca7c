// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/program_stress.h"

namespace tlmmu::kernel::testing {
namespace {

TEST(KernelMillion, operations_with_disk_errors_keep_every_invariant) {
  constexpr std::uint64_t kSeed = 2025;
  for (std::uint64_t i = 0; i < 10 && !HasFailure(); ++i) {
    SCOPED_TRACE(::testing::Message() << "seed " << kSeed + i);
    ProgramStress(kSeed + i, {10}).run(100'000, 1000);
  }
}

}  // namespace
}  // namespace tlmmu::kernel::testing
