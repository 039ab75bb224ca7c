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

void expect_page_fault(const WalkRecord& record, VatpStep step, AccessType type) {
  expect_fault(record, step, page_fault(type));
}

void expect_access_fault(const WalkRecord& record, VatpStep step, AccessType type) {
  expect_fault(record, step, access_fault(type));
}

Vatp::Vatp(PagingModeName mode)
    : tables(mode), address(kAddress.value() & low_mask(paging_mode(mode).xlen)) {
  map();
}

void Vatp::map(Ppn frame, PageSize size, PteFlags leaf_flags) {
  tables = PageTableBuilder(tables.mode().name);
  tables.map(address, frame, size, leaf_flags);
}

void Vatp::set_bits(unsigned level, std::uint64_t mask) {
  const PhysicalAddress at = tables.pte_at(address, level);
  tables.write(at, Pte(tables.read(at)->raw() | mask));
}

void Vatp::clear_bits(unsigned level, std::uint64_t mask) {
  const PhysicalAddress at = tables.pte_at(address, level);
  tables.write(at, Pte(tables.read(at)->raw() & ~mask));
}

Pte Vatp::leaf() const {
  return *tables.read(tables.pte_at(address, 0));
}

void Vatp::set_leaf(Pte pte) {
  tables.write(tables.pte_at(address, 0), pte);
}

WalkRecord Vatp::walk(AccessType type, AccessContext context, WalkRules rules) {
  return run_walk(Walk({address, type, context, tables.space()}, rules), tables);
}

WalkRecord Vatp::walk_to(VirtualAddress other, AccessType type) {
  return run_walk(Walk({other, type, kUser, tables.space()}, kSvadu), tables);
}

WalkRecord Vatp::walk_leaf_with(PteFlags leaf_flags, AccessType type, AccessContext context,
                                WalkRules rules) {
  set_leaf(Pte(kFrame, leaf_flags));
  return walk(type, context, rules);
}

WalkRecord Vatp::store_raced_by(const std::function<void()>& before_swap) {
  return run_walk(Walk({address, AccessType::store, kUser, tables.space()}, kSvadu), tables,
                  before_swap);
}

WalkRecord Vatp::walk_read_only(AccessType type) {
  Walk walk({address, type, kUser, tables.space()}, kSvadu);
  while (const auto* wanted = std::get_if<PteRead>(&walk.step())) {
    walk.supply(*tables.read(wanted->address));
  }
  walk.supply_error();
  WalkRecord record;
  record.end = walk.step();
  return record;
}

}  // namespace tlmmu::testing
