// SPDX-License-Identifier: Apache-2.0
// One test per step and rule of the privileged architecture's virtual-address translation process,
// named after it. Each starts from a correct mapping and breaks exactly one thing.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "models/ptw/walk.h"
#include "testbenches/support/page_table_builder.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu::testing {

constexpr VirtualAddress kAddress{0x12'3456'7abc};
constexpr Ppn kFrame{0x81234};
constexpr WalkRules kSvade{AdUpdate::fault, Extension::absent, Extension::absent};
constexpr WalkRules kSvadu{AdUpdate::hardware, Extension::absent, Extension::absent};
constexpr WalkRules kSvnapot{AdUpdate::hardware, Extension::present, Extension::absent};
constexpr WalkRules kSvpbmt{AdUpdate::hardware, Extension::absent, Extension::present};

constexpr AccessType kEveryType[] = {AccessType::fetch, AccessType::load, AccessType::store};
constexpr AccessContext kUser{};
constexpr AccessContext kSupervisor{Privilege::supervisor, Sum::forbidden, Mxr::off};
constexpr AccessContext kSupervisorWithSum{Privilege::supervisor, Sum::permitted, Mxr::off};

/// Flags from their letters, as in `flags("VRXU")`.
PteFlags flags(std::string_view letters);

void expect_page_fault(const WalkRecord& record, VatpStep step, AccessType type);
void expect_access_fault(const WalkRecord& record, VatpStep step, AccessType type);

/// One page mapped at `address`, and walks over it.
class Vatp : public ::testing::Test {
 protected:
  explicit Vatp(PagingModeName mode = PagingModeName::sv39);

  /// Builds the tables anew with one mapping, of `address`.
  void map(Ppn frame = kFrame, PageSize size = PageSize::k4KiB, PteFlags leaf_flags = kUserPage);
  /// Sets or clears bits of the PTE of `address` at `level`.
  void set_bits(unsigned level, std::uint64_t mask);
  void clear_bits(unsigned level, std::uint64_t mask);
  Pte leaf() const;
  void set_leaf(Pte pte);

  WalkRecord walk(AccessType type, AccessContext context = kUser, WalkRules rules = kSvadu);
  WalkRecord walk_to(VirtualAddress other, AccessType type = AccessType::load);
  /// The same after giving the leaf other flags.
  WalkRecord walk_leaf_with(PteFlags leaf_flags, AccessType type, AccessContext context = kUser,
                            WalkRules rules = kSvadu);
  /// A store to `address`; `before_swap` runs ahead of each compare-and-swap of A and D.
  WalkRecord store_raced_by(const std::function<void()>& before_swap);
  /// A walk whose PTEs can be read but not written.
  WalkRecord walk_read_only(AccessType type);

  PageTableBuilder tables;
  VirtualAddress address;  ///< kAddress, or as much of it as the mode has
};

class VatpSv48 : public Vatp {
 protected:
  VatpSv48() : Vatp(PagingModeName::sv48) {}
};
class VatpSv57 : public Vatp {
 protected:
  VatpSv57() : Vatp(PagingModeName::sv57) {}
};
class VatpSv32 : public Vatp {
 protected:
  VatpSv32() : Vatp(PagingModeName::sv32) {}
};

}  // namespace tlmmu::testing
