// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/supervisor_run.h"

#include <gmock/gmock.h>

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

TEST(SupervisorRun, of_a_copy_loads_and_stores_up_to_a_line_in_turn) {
  SupervisorRun run({VirtualAddress(0x3fe0), VirtualAddress(0x1030), Bytes(100), Bytes(7)});
  EXPECT_EQ(run.context(), kSupervisor);
  std::vector<MemoryAccess> accesses;
  while (!run.done()) {
    accesses.push_back(run.piece());
    EXPECT_TRUE(run.retire(run.piece()));
  }
  const auto load = [](std::uint64_t at, std::uint32_t size) {
    return MemoryAccess{VirtualAddress(at), size, AccessType::load};
  };
  const auto store = [](std::uint64_t at, std::uint32_t size) {
    return MemoryAccess{VirtualAddress(at), size, AccessType::store};
  };
  EXPECT_THAT(accesses,
              testing::ElementsAre(load(0x3fe0, 16), store(0x1030, 16),  // to the end of the line
                                   load(0x3ff0, 16), store(0x1040, 16),  // to the end of the page
                                   load(0x4000, 48), store(0x1050, 48),  // to the end of the line
                                   load(0x4030, 20), store(0x1080, 20)));
  EXPECT_EQ(run.position(), Bytes(107));
}

TEST(SupervisorRun, tells_of_each_byte_that_was_copied_once) {
  SupervisorRun run({VirtualAddress(0x3000), VirtualAddress(0x1000), Bytes(128), Bytes(0)});
  run.retire(run.piece());
  EXPECT_EQ(run.take_copied(), Bytes(0)) << "loaded, and not stored";
  run.retire(run.piece());
  EXPECT_EQ(run.take_copied(), Bytes(64));
  EXPECT_EQ(run.take_copied(), Bytes(0));
  run.abandon();
  EXPECT_TRUE(run.done());
}

}  // namespace
}  // namespace tlmmu
