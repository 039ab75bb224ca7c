// SPDX-License-Identifier: Apache-2.0
#include "models/arch/fence.h"

#include <gtest/gtest.h>

namespace tlmmu {
namespace {

constexpr Vpn kPage{0x12345};
constexpr SpaceTag kHost(Asid(1));
constexpr SpaceTag kOtherHost(Asid(2));
constexpr SpaceTag kBoth(Stages::both, Vmid(3), Asid(1));
constexpr SpaceTag kVs(Stages::vs, Vmid(3), Asid(1));
constexpr SpaceTag kG(Stages::g, Vmid(3), Asid(0));

constexpr Fence sfence(std::optional<Vpn> page, std::optional<Asid> asid) {
  return {page, asid, FenceKind::sfence_vma};
}
constexpr Fence hfence_vvma(std::optional<Vpn> page, std::optional<Asid> asid, Vmid vmid) {
  return {page, asid, FenceKind::hfence_vvma, vmid};
}
constexpr Fence hfence_gvma(std::optional<Vpn> page, std::optional<Vmid> vmid) {
  return {page, std::nullopt, FenceKind::hfence_gvma, vmid};
}

TEST(Fence, sfence_vma_without_operands_names_everything_and_global_ones_too) {
  for (const SpaceTag tag : {kHost, kOtherHost}) {
    for (const bool global : {false, true}) {
      EXPECT_TRUE(sfence(std::nullopt, std::nullopt).names(tag, global));
    }
    EXPECT_FALSE(sfence(std::nullopt, std::nullopt).is_by_address_of(tag));
  }
}

TEST(Fence, sfence_vma_by_address_names_every_space_and_global_ones_too) {
  for (const SpaceTag tag : {kHost, kOtherHost}) {
    for (const bool global : {false, true}) {
      EXPECT_TRUE(sfence(kPage, std::nullopt).names(tag, global));
    }
    EXPECT_TRUE(sfence(kPage, std::nullopt).is_by_address_of(tag));
  }
}

TEST(Fence, sfence_vma_by_asid_names_its_space_without_what_is_global) {
  const Fence fence = sfence(std::nullopt, Asid(1));
  EXPECT_TRUE(fence.names(kHost, false));
  EXPECT_FALSE(fence.names(kOtherHost, false));
  EXPECT_FALSE(fence.names(kHost, true));
  EXPECT_FALSE(fence.is_by_address_of(kHost));
}

TEST(Fence, sfence_vma_by_both_names_a_page_of_its_space_unless_it_is_global) {
  const Fence fence = sfence(kPage, Asid(1));
  EXPECT_TRUE(fence.names(kHost, false));
  EXPECT_FALSE(fence.names(kOtherHost, false));
  EXPECT_FALSE(fence.names(kHost, true));
  EXPECT_TRUE(fence.is_by_address_of(kHost));
}

TEST(Fence, asid_0_is_an_asid_like_any_other) {
  EXPECT_FALSE(sfence(std::nullopt, Asid(0)).names(kHost, false));
  EXPECT_TRUE(sfence(std::nullopt, Asid(0)).names(SpaceTag(Asid(0)), false));
}

TEST(Fence, sfence_vma_names_nothing_of_a_virtual_machine) {
  for (const SpaceTag tag : {kBoth, kVs, kG}) {
    EXPECT_FALSE(sfence(std::nullopt, std::nullopt).names(tag, false));
    EXPECT_FALSE(sfence(kPage, std::nullopt).names(tag, true));
  }
}

TEST(Fence, hfence_vvma_names_what_the_vs_stage_of_its_machine_made) {
  const Fence fence = hfence_vvma(std::nullopt, std::nullopt, Vmid(3));
  EXPECT_TRUE(fence.names(kBoth, false));
  EXPECT_TRUE(fence.names(kBoth, true));
  EXPECT_TRUE(fence.names(kVs, false));
  EXPECT_FALSE(fence.names(kG, false));
  EXPECT_FALSE(fence.names(kHost, false));
  EXPECT_FALSE(fence.names(SpaceTag(Stages::both, Vmid(4), Asid(1)), false));
}

TEST(Fence, hfence_vvma_has_the_four_forms_of_sfence_vma) {
  EXPECT_TRUE(hfence_vvma(kPage, std::nullopt, Vmid(3)).is_by_address_of(kBoth));
  EXPECT_TRUE(hfence_vvma(kPage, std::nullopt, Vmid(3)).names(kBoth, true));
  for (const std::optional<Vpn> page : {std::optional<Vpn>(), std::optional<Vpn>(kPage)}) {
    EXPECT_TRUE(hfence_vvma(page, Asid(1), Vmid(3)).names(kBoth, false));
    EXPECT_FALSE(hfence_vvma(page, Asid(1), Vmid(3)).names(kBoth, true));
    EXPECT_FALSE(hfence_vvma(page, Asid(2), Vmid(3)).names(kBoth, false));
  }
}

TEST(Fence, hfence_gvma_names_what_the_g_stage_made_and_knows_no_global_ones) {
  const Fence fence = hfence_gvma(std::nullopt, std::nullopt);
  for (const bool global : {false, true}) {
    EXPECT_TRUE(fence.names(kBoth, global));
    EXPECT_TRUE(fence.names(kG, global));
    EXPECT_FALSE(fence.names(kVs, global));
    EXPECT_FALSE(fence.names(kHost, global));
  }
}

TEST(Fence, hfence_gvma_by_vmid_names_that_machine) {
  EXPECT_TRUE(hfence_gvma(std::nullopt, Vmid(3)).names(kG, false));
  EXPECT_FALSE(hfence_gvma(std::nullopt, Vmid(4)).names(kG, false));
  EXPECT_FALSE(hfence_gvma(std::nullopt, Vmid(4)).names(kBoth, false));
}

TEST(Fence, hfence_gvma_by_address_is_so_only_where_guest_physical_addresses_are_known) {
  const Fence fence = hfence_gvma(kPage, std::nullopt);
  EXPECT_TRUE(fence.is_by_address_of(kG));
  // removed whatever the address, because it may be made of that page
  EXPECT_TRUE(fence.names(kBoth, false));
  EXPECT_FALSE(fence.is_by_address_of(kBoth));
}

}  // namespace
}  // namespace tlmmu
