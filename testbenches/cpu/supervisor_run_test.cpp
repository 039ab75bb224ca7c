// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/supervisor_run.h"

#include <gtest/gtest.h>

namespace tlmmu {
namespace {

constexpr AccessContext kSupervisor{Privilege::supervisor, Sum::permitted};

TEST(SupervisorRun, of_an_access_is_cut_at_the_page_boundary) {
  SupervisorRun run(SupervisorCall{{VirtualAddress(0x1ffc), 8, AccessType::store}, kSupervisor});
  EXPECT_EQ(run.context(), kSupervisor);
  const MemoryAccess first{VirtualAddress(0x1ffc), 4, AccessType::store};
  EXPECT_EQ(run.piece(), first);
  EXPECT_FALSE(run.retire(first));
  EXPECT_FALSE(run.done());
  const MemoryAccess second{VirtualAddress(0x2000), 4, AccessType::store};
  EXPECT_EQ(run.piece(), second);
  EXPECT_TRUE(run.retire(second));
  EXPECT_TRUE(run.done());
}

}  // namespace
}  // namespace tlmmu
