// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/vatp_fixture.h"

namespace tlmmu::testing {

namespace {

void expect_fault(const WalkRecord& record, VatpStep step, ExceptionCause cause) {
  ASSERT_NE(record.fault(), nullptr)
      << "translated, though step " << name_in(kVatpStepNames, step) << " forbids it";
  EXPECT_STREQ(name_in(kExceptionCauseNames, record.fault()->cause),
               name_in(kExceptionCauseNames, cause));
  EXPECT_STREQ(name_in(kVatpStepNames, record.fault()->step), name_in(kVatpStepNames, step));
}

}  // namespace

PteFlags flags(std::string_view letters) {
  constexpr std::string_view kOrder = "VRWXUGAD";
  unsigned raw = 0;
  for (const char letter : letters) raw |= 1U << kOrder.find(letter);
  return PteFlags(static_cast<std::uint8_t>(raw));
}

WalkRecord load(PageTableBuilder& tables) {
  return run_walk(Walk({kAddress, AccessType::load, kUser, tables.space()}, kSvadu), tables);
}

WalkRecord store(PageTableBuilder& tables) {
  return run_walk(Walk({kAddress, AccessType::store, kUser, tables.space()}, kSvadu), tables);
}

void expect_page_fault(const WalkRecord& record, VatpStep step, AccessType type) {
  expect_fault(record, step, page_fault(type));
}

void expect_access_fault(const WalkRecord& record, VatpStep step, AccessType type) {
  expect_fault(record, step, access_fault(type));
}

WalkRecord Vatp::walk(AccessType type, AccessContext context, WalkRules rules,
                      VirtualAddress address) {
  return run_walk(Walk({address, type, context, tables.space()}, rules), tables);
}

WalkRecord Vatp::walk_leaf_with(PteFlags leaf_flags, AccessType type, AccessContext context,
                                WalkRules rules) {
  tables.write(leaf, Pte(kFrame, leaf_flags));
  return walk(type, context, rules);
}

WalkRecord Vatp::store_raced_by(const std::function<void()>& before_swap) {
  return run_walk(Walk({kAddress, AccessType::store, kUser, tables.space()}, kSvadu), tables,
                  before_swap);
}

void Vatp::set_bits(unsigned level, std::uint64_t mask) {
  const PhysicalAddress at = tables.pte_at(kAddress, level);
  tables.write(at, Pte(tables.read(at)->raw() | mask));
}

}  // namespace tlmmu::testing
