// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/broken_translators.h"
#include "testbenches/conformance/caching_translator.h"
#include "testbenches/conformance/naive_case.h"

namespace tlmmu::testing {

namespace {

// ---- hits ----

/// A part of a request does not matter to a hit.
template <auto kMember>
struct HitsWhatever : CachingTranslator {
  bool is_same(const Entry& entry, const Entry& wanted) const override {
    Entry alike = entry;
    alike.request.*kMember = wanted.request.*kMember;
    return CachingTranslator::is_same(alike, wanted);
  }
};

struct HitsInOtherAsids : CachingTranslator {
  bool same_asid(const Entry& /*entry*/, const Entry& /*wanted*/) const override { return true; }
};

struct HitsInOtherMachines : CachingTranslator {
  bool is_same(const Entry& entry, const Entry& wanted) const override {
    Entry alike = entry;
    alike.vmid = wanted.vmid;
    return CachingTranslator::is_same(alike, wanted);
  }
};

struct HitsWhenBare : CachingTranslator {
  bool is_same(const Entry& entry, const Entry& wanted) const override {
    Entry alike = entry;
    alike.mode = wanted.mode;
    return CachingTranslator::is_same(alike, wanted);
  }
  bool same_asid(const Entry& entry, const Entry& wanted) const override {
    return wanted.mode == 0 || CachingTranslator::same_asid(entry, wanted);
  }
};

struct RemembersFaults : CachingTranslator {
  bool may_keep(const NaiveAnswer& answer) const override {
    return answer.cause != 0 || CachingTranslator::may_keep(answer);
  }
};

// ---- fences ----

template <char kKind>
struct IgnoresFences : CachingTranslator {
  bool names(const NaiveFence& fence, const Entry& entry) const override {
    return fence.kind != kKind && CachingTranslator::names(fence, entry);
  }
};

struct FencesOnlyThe4KibPage : CachingTranslator {
  bool names_address(const NaiveFence& fence, const Entry& entry) const override {
    return !fence.has_address || fence.kind == 'g' ||
           fence.address / 4096 == entry.request.address / 4096;
  }
};

struct FencesThePieceOfASuperpage : CachingTranslator {
  bool names_address(const NaiveFence& fence, const Entry& entry) const override {
    if (fence.kind == 'g') return CachingTranslator::names_address(fence, entry);
    Entry piece = entry;
    piece.answer.first_stage_bytes = entry.answer.page_bytes;
    return CachingTranslator::names_address(fence, piece);
  }
};

struct FencesThePreviousAddress : CachingTranslator {
  void fence(const NaiveFence& fence) override {
    NaiveFence stale = fence;
    if (fence.has_address) stale.address = std::exchange(previous, fence.address);
    CachingTranslator::fence(stale);
  }
  std::uint64_t previous = 0;
};

struct FencesThePreviousSpace : CachingTranslator {
  void fence(const NaiveFence& fence) override {
    NaiveFence stale = fence;
    if (fence.has_space) stale.space = std::exchange(previous, fence.space);
    CachingTranslator::fence(stale);
  }
  std::uint64_t previous = 0;
};

struct KeepsGlobalsWhateverTheFence : CachingTranslator {
  bool names(const NaiveFence& fence, const Entry& entry) const override {
    return !entry.answer.global && CachingTranslator::names(fence, entry);
  }
};

struct FencesByGuestVirtualAddressOnly : CachingTranslator {
  bool names_address(const NaiveFence& fence, const Entry& entry) const override {
    NaiveFence mistaken = fence;
    if (fence.kind == 'g') mistaken.kind = 'v';
    return CachingTranslator::names_address(mistaken, entry);
  }
};

}  // namespace

std::unique_ptr<CaseTranslator> make_caching_translator(const RandomCase& random_case) {
  return make_naive_case<CachingTranslator>(random_case);
}

std::vector<BrokenTranslator> translators_with_broken_caches() {
  return {
      {"SUM not checked on a hit", make_naive_case<HitsWhatever<&NaiveRequest::sum>>},
      {"MXR not checked on a hit", make_naive_case<HitsWhatever<&NaiveRequest::mxr>>},
      {"privilege not checked on a hit", make_naive_case<HitsWhatever<&NaiveRequest::privilege>>},
      {"access type not checked on a hit", make_naive_case<HitsWhatever<&NaiveRequest::access>>},
      {"V not checked on a hit", make_naive_case<HitsWhatever<&NaiveRequest::guest>>},
      {"ASID not compared", make_naive_case<HitsInOtherAsids>},
      {"VMID not compared", make_naive_case<HitsInOtherMachines>},
      {"hit while satp is bare", make_naive_case<HitsWhenBare>},
      {"faulting walk fills the TLB", make_naive_case<RemembersFaults>},
      {"sfence.vma ignored", make_naive_case<IgnoresFences<'s'>>},
      {"hfence.vvma ignored", make_naive_case<IgnoresFences<'v'>>},
      {"hfence.gvma ignored", make_naive_case<IgnoresFences<'g'>>},
      {"fence by address leaves the rest of a superpage", make_naive_case<FencesOnlyThe4KibPage>},
      {"fence by address leaves a superpage that the G stage has in pieces",
       make_naive_case<FencesThePieceOfASuperpage>},
      {"fence with the address of the one before", make_naive_case<FencesThePreviousAddress>},
      {"fence with the ASID or VMID of the one before", make_naive_case<FencesThePreviousSpace>},
      {"global entries survive every fence", make_naive_case<KeepsGlobalsWhateverTheFence>},
      {"hfence.gvma takes its address for a guest-virtual one",
       make_naive_case<FencesByGuestVirtualAddressOnly>},
  };
}

}  // namespace tlmmu::testing
