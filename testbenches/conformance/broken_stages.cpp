// SPDX-License-Identifier: Apache-2.0
// Rules of two-stage translation, broken.
#include <algorithm>

#include "testbenches/conformance/broken_translators.h"
#include "testbenches/conformance/naive_case.h"

namespace tlmmu::testing {

namespace {

constexpr std::uint64_t kUserBit = 0x10;

struct LetsTheGStageUseSupervisorPages : NaiveTranslator {
  bool user_bit_allows(const Stage& stage, std::uint64_t pte, const Access& access) const override {
    return NaiveTranslator::user_bit_allows(stage, stage.guest_physical ? pte | kUserBit : pte,
                                            access);
  }
};

struct ChecksGuestPtesWithTheOriginalType : NaiveTranslator {
  Access in_g_stage(char type, bool implicit, const Access& access) const override {
    return NaiveTranslator::in_g_stage(implicit ? access.original : type, implicit, access);
  }
};

struct UpdatesGuestPtesOnReadOnlyPages : NaiveTranslator {
  Access in_g_stage(char type, bool implicit, const Access& access) const override {
    return NaiveTranslator::in_g_stage(implicit ? 'r' : type, implicit, access);
  }
};

struct AppliesTheGuestsMxrToTheGStage : NaiveTranslator {
  Access in_g_stage(char type, bool implicit, const Access& access) const override {
    Access with_mxr = NaiveTranslator::in_g_stage(type, implicit, access);
    with_mxr.mxr = !implicit && access.mxr;
    return with_mxr;
  }
};

struct AppliesMxrToGuestPtes : NaiveTranslator {
  Access in_g_stage(char type, bool implicit, const Access& access) const override {
    Access with_mxr = NaiveTranslator::in_g_stage(type, implicit, access);
    with_mxr.mxr = implicit && access.mxr;
    return with_mxr;
  }
};

struct ReportsGuestPageFaultsAsPageFaults : NaiveTranslator {
  int page_fault(const Stage& /*stage*/, const Access& access) const override {
    return NaiveTranslator::page_fault({}, access);
  }
};

struct ReportsGuestPageFaultsByTheImplicitType : NaiveTranslator {
  int page_fault(const Stage& stage, const Access& access) const override {
    Access implicit = access;
    if (stage.guest_physical) implicit.original = access.type;
    return NaiveTranslator::page_fault(stage, implicit);
  }
};

struct DropsTheTwoExtraBits : NaiveTranslator {
  std::uint64_t index(const Stage& stage, std::uint64_t address, int level) const override {
    Stage usual = stage;
    usual.guest_physical = false;
    return NaiveTranslator::index(usual, address, level);
  }
};

struct SignExtendsGuestPhysicalAddresses : NaiveTranslator {
  bool address_fits(const Stage& stage, std::uint64_t address) const override {
    return stage.guest_physical || NaiveTranslator::address_fits(stage, address);
  }
};

struct AnswersWithTheLargerPage : NaiveTranslator {
  std::uint64_t reach_of_both(std::uint64_t first, std::uint64_t second) const override {
    if (first == kNaiveBare || second == kNaiveBare) return std::min(first, second);
    return std::max(first, second);
  }
};

}  // namespace

std::vector<BrokenTranslator> translators_with_broken_stages() {
  return {
      {"G stage without the user bit", make_naive_case<LetsTheGStageUseSupervisorPages>},
      {"guest PTE read checked with the original type",
       make_naive_case<ChecksGuestPtesWithTheOriginalType>},
      {"guest PTE update checked as a load", make_naive_case<UpdatesGuestPtesOnReadOnlyPages>},
      {"vsstatus.MXR overrides the G stage", make_naive_case<AppliesTheGuestsMxrToTheGStage>},
      {"MXR overrides the G stage of guest PTEs", make_naive_case<AppliesMxrToGuestPtes>},
      {"guest-page fault reported as page fault",
       make_naive_case<ReportsGuestPageFaultsAsPageFaults>},
      {"guest-page fault reported by the implicit type",
       make_naive_case<ReportsGuestPageFaultsByTheImplicitType>},
      {"two extra bits of the G stage's root dropped", make_naive_case<DropsTheTwoExtraBits>},
      {"high bits of a guest-physical address ignored",
       make_naive_case<SignExtendsGuestPhysicalAddresses>},
      {"larger page of the two stages answered", make_naive_case<AnswersWithTheLargerPage>},
  };
}

}  // namespace tlmmu::testing
