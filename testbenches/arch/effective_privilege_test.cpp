// SPDX-License-Identifier: Apache-2.0
#include "models/arch/effective_privilege.h"

#include <gtest/gtest.h>

#include "models/arch/translation.h"

namespace tlmmu {
namespace {

constexpr Privilege kPrivileges[] = {Privilege::user, Privilege::supervisor, Privilege::machine};
constexpr Virtualization kVirtualizations[] = {Virtualization::off, Virtualization::on};
constexpr AccessType kExplicit[] = {AccessType::load, AccessType::store};
constexpr HartMode kMachine{Privilege::machine, Virtualization::off};

TEST(EffectiveMode, without_mprv_is_the_current_mode) {
  const HartMode modes[] = {{Privilege::user, Virtualization::on},
                            {Privilege::supervisor, Virtualization::off},
                            kMachine};
  for (const HartMode current : modes) {
    for (const auto& type : kAccessTypeNames) {
      const PrivilegeModification status{Mprv::off, Privilege::supervisor, Virtualization::on};
      EXPECT_EQ(effective_mode(type.value, current, status), current) << type.name;
    }
  }
}

TEST(EffectiveMode, mprv_leaves_fetches_alone) {
  for (const Privilege mpp : kPrivileges) {
    const PrivilegeModification status{Mprv::on, mpp, Virtualization::on};
    EXPECT_EQ(effective_mode(AccessType::fetch, kMachine, status), kMachine);
  }
}

TEST(EffectiveMode, with_mprv_loads_and_stores_take_mpp_and_mpv) {
  for (const AccessType type : kExplicit) {
    for (const Privilege mpp : {Privilege::user, Privilege::supervisor}) {
      for (const Virtualization mpv : kVirtualizations) {
        const HartMode mode = effective_mode(type, kMachine, {Mprv::on, mpp, mpv});
        EXPECT_EQ(mode.privilege, mpp);
        EXPECT_EQ(mode.virtualization, mpv);
      }
    }
  }
}

TEST(EffectiveMode, with_mprv_and_mpp_m_mpv_means_nothing) {
  for (const AccessType type : kExplicit) {
    for (const Virtualization mpv : kVirtualizations) {
      EXPECT_EQ(effective_mode(type, kMachine, {Mprv::on, Privilege::machine, mpv}), kMachine);
    }
  }
}

TEST(EffectiveMode, with_mprv_and_mpp_m_nothing_is_translated) {
  const AddressSpace space{PagingModeName::sv39, Ppn(0x80000), Asid(0)};
  for (const Privilege mpp : kPrivileges) {
    const HartMode mode =
        effective_mode(AccessType::load, kMachine, {Mprv::on, mpp, Virtualization::off});
    EXPECT_EQ(is_translated(space, mode.privilege), mpp != Privilege::machine);
  }
}

}  // namespace
}  // namespace tlmmu
