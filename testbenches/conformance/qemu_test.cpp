// SPDX-License-Identifier: Apache-2.0
// Real semantics from outside: random requests, each answered by QEMU's MMU and by this project's
// Walk and Pmp.
#include <gtest/gtest.h>

#include <map>

#include "testbenches/conformance/qemu_case_text.h"
#include "testbenches/conformance/qemu_cases.h"
#include "testbenches/conformance/qemu_machine.h"
#include "testbenches/conformance/qemu_reference.h"
#include "testbenches/support/seed.h"

namespace tlmmu {
namespace {

using mmu_probe::Case;
using testing::CaseMaker;
using testing::GuestCaseMaker;
using testing::Reference;

constexpr WalkRules kPlain{AdUpdate::hardware, Extension::absent, Extension::absent};
constexpr WalkRules kWithNapotAndPbmt{AdUpdate::hardware, Extension::present, Extension::present};

class QemuMmu : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string missing = testing::why_no_qemu();
    if (!missing.empty()) GTEST_SKIP() << missing;
  }

  /// `count` cases of `maker` on a hart of the properties `cpu`.
  template <class Maker>
  void compare(const std::string& cpu, Maker maker, const WalkRules& rules, std::size_t count) {
    SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
    while (cases.size() < count) {
      const Case made = maker.next();
      const auto reference = testing::reference_of(made, rules);
      if (!reference) continue;
      cases.push_back(made);
      references.push_back(*reference);
    }
    const std::vector<std::string> answers = testing::ask_qemu(cpu, cases);
    ASSERT_EQ(answers.size(), cases.size());
    int differences = 0;
    for (std::size_t i = 0; i < cases.size() && differences < 3; ++i) {
      const bool same =
          answers[i] == references[i].line ||
          (!references[i].known_deviation.empty() && answers[i] == references[i].known_deviation);
      if (same) continue;
      ++differences;
      ADD_FAILURE() << "QEMU:  " << answers[i] << "\ntlmmu: " << references[i].line << "\n"
                    << testing::walk_case(cases[i], rules);
    }
  }

  /// Agreement means little unless the cases reach every step.
  void expect_every_end(unsigned at_least) const {
    std::map<VatpStep, unsigned> faults;
    unsigned final_denied = 0;
    unsigned pte_denied = 0;
    unsigned updated = 0;
    for (const Reference& reference : references) {
      if (reference.end.fault) ++faults[*reference.end.fault];
      final_denied += reference.end.final_denied ? 1 : 0;
      pte_denied += reference.end.pte_denied ? 1 : 0;
      updated += reference.end.updated ? 1 : 0;
    }
    for (const VatpStep step :
         {VatpStep::canonical_address, VatpStep::pte_access, VatpStep::pte_format,
          VatpStep::pointer, VatpStep::alignment, VatpStep::user_bit, VatpStep::permission}) {
      EXPECT_GE(faults[step], at_least) << name_in(kVatpStepNames, step);
    }
    EXPECT_GE(final_denied, at_least);
    EXPECT_GE(pte_denied, at_least);
    EXPECT_GE(updated, at_least);
  }
  void expect_every_guest_end(unsigned at_least) const {
    std::map<ExceptionCause, unsigned> faults;
    unsigned updated = 0;
    unsigned translated = 0;
    for (const Reference& reference : references) {
      if (reference.end.cause) ++faults[*reference.end.cause];
      updated += reference.end.updated ? 1 : 0;
      translated += reference.end.page ? 1 : 0;
    }
    for (const auto& type : kAccessTypeNames) {
      EXPECT_GE(faults[page_fault(type.value)], at_least) << type.name;
      EXPECT_GE(faults[guest_page_fault(type.value)], at_least) << type.name;
    }
    EXPECT_GE(translated, at_least);
    EXPECT_GE(updated, at_least);
  }
  std::size_t translated_to(PageSize size) const {
    std::size_t count = 0;
    for (const Reference& reference : references) count += reference.end.page == size ? 1 : 0;
    return count;
  }

  std::uint64_t seed = testing::seed_or(1);
  std::vector<Case> cases;
  std::vector<Reference> references;
};

TEST_F(QemuMmu, answers_as_the_walk_in_sv39) {
  compare("rv64", CaseMaker(seed, kSv39, kPlain), kPlain, 1'500);
  expect_every_end(10);
  for (const PageSize size : {PageSize::k4KiB, PageSize::k2MiB, PageSize::k1GiB}) {
    EXPECT_GE(translated_to(size), 15U);
  }
}

TEST_F(QemuMmu, answers_as_the_walk_in_sv48) {
  compare("rv64", CaseMaker(seed, kSv48, kPlain), kPlain, 1'500);
  expect_every_end(10);
  EXPECT_GE(translated_to(PageSize::k512GiB), 15U);
}

TEST_F(QemuMmu, answers_as_the_walk_in_sv57) {
  compare("rv64", CaseMaker(seed, kSv57, kPlain), kPlain, 1'500);
  expect_every_end(10);
  EXPECT_GE(translated_to(PageSize::k256TiB), 15U);
}

TEST_F(QemuMmu, answers_as_the_walk_about_napot_pages_and_memory_types) {
  compare("rv64,svnapot=on,svpbmt=on", CaseMaker(seed, kSv39, kWithNapotAndPbmt), kWithNapotAndPbmt,
          1'500);
  EXPECT_GE(translated_to(PageSize::k64KiB), 15U);
}

TEST_F(QemuMmu, answers_as_the_walk_through_two_stages_of_sv39) {
  compare("rv64,h=true", GuestCaseMaker(seed, kSv39), kPlain, 1'000);
  expect_every_guest_end(20);
}

TEST_F(QemuMmu, answers_as_the_walk_through_two_stages_of_sv48) {
  compare("rv64,h=true", GuestCaseMaker(seed, kSv48), kPlain, 1'000);
  expect_every_guest_end(20);
}

TEST_F(QemuMmu, answers_as_the_walk_through_two_stages_of_sv57) {
  compare("rv64,h=true", GuestCaseMaker(seed, kSv57), kPlain, 1'000);
  expect_every_guest_end(20);
}

}  // namespace
}  // namespace tlmmu
