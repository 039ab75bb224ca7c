// SPDX-License-Identifier: Apache-2.0
#include "models/arch/space_tag.h"

#include <gtest/gtest.h>

namespace tlmmu {
namespace {

constexpr Stages kEveryStages[] = {Stages::single, Stages::vs, Stages::g, Stages::both};

TEST(SpaceTag, says_what_it_was_made_of) {
  const SpaceTag tag(Stages::both, Vmid(0x3fff), Asid(0xffff));
  EXPECT_EQ(tag.stages(), Stages::both);
  EXPECT_EQ(tag.vmid(), Vmid(0x3fff));
  EXPECT_EQ(tag.asid(), Asid(0xffff));
}

TEST(SpaceTag, without_virtualization_an_asid_says_all) {
  EXPECT_EQ(SpaceTag(Asid(7)), SpaceTag(Stages::single, Vmid(3), Asid(7)));
  EXPECT_EQ(SpaceTag(Stages::single, Vmid(3), Asid(7)).vmid(), Vmid(0));
}

TEST(SpaceTag, the_g_stage_knows_no_asid) {
  EXPECT_EQ(SpaceTag(Stages::g, Vmid(3), Asid(7)), SpaceTag(Stages::g, Vmid(3), Asid(8)));
  EXPECT_EQ(SpaceTag(Stages::g, Vmid(3), Asid(7)).asid(), Asid(0));
}

TEST(SpaceTag, stages_vmid_and_asid_keep_spaces_apart) {
  for (const Stages one : kEveryStages) {
    for (const Stages other : kEveryStages) {
      EXPECT_EQ(SpaceTag(one, Vmid(1), Asid(1)) == SpaceTag(other, Vmid(1), Asid(1)), one == other);
    }
  }
  EXPECT_NE(SpaceTag(Stages::both, Vmid(1), Asid(1)), SpaceTag(Stages::both, Vmid(2), Asid(1)));
  EXPECT_NE(SpaceTag(Stages::both, Vmid(1), Asid(1)), SpaceTag(Stages::both, Vmid(1), Asid(2)));
}

TEST(SpaceTag, other_stages_of_a_space_keep_its_vmid_and_asid) {
  const SpaceTag both(Stages::both, Vmid(5), Asid(9));
  EXPECT_EQ(both.of(Stages::vs), SpaceTag(Stages::vs, Vmid(5), Asid(9)));
  EXPECT_EQ(both.of(Stages::g), SpaceTag(Stages::g, Vmid(5), Asid(0)));
}

TEST(SpaceTag, what_is_global_is_so_within_its_machine_and_stages) {
  const SpaceTag tag(Stages::both, Vmid(1), Asid(1));
  EXPECT_TRUE(tag.same_but_asid(SpaceTag(Stages::both, Vmid(1), Asid(2))));
  EXPECT_FALSE(tag.same_but_asid(SpaceTag(Stages::both, Vmid(2), Asid(1))));
  EXPECT_FALSE(tag.same_but_asid(SpaceTag(Stages::vs, Vmid(1), Asid(1))));
  EXPECT_FALSE(tag.same_but_asid(SpaceTag(Asid(1))));
}

}  // namespace
}  // namespace tlmmu
