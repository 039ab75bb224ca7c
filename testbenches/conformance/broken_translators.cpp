// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/broken_translators.h"

#include "testbenches/conformance/naive_case.h"

namespace tlmmu::testing {

namespace {

constexpr std::uint64_t kUserBit = 0x10, kHighBits = ~std::uint64_t{0} << 54;

// ---- what a PTE may hold ----

struct AcceptsFlagsInPointers : NaiveTranslator {
  bool pointer_is_legal(std::uint64_t pte, int /*level*/) const override {
    return (pte & kHighBits) == 0;
  }
};

struct IgnoresHighBitsOfPointers : NaiveTranslator {
  bool pointer_is_legal(std::uint64_t pte, int level) const override {
    return NaiveTranslator::pointer_is_legal(pte & ~kHighBits, level);
  }
};

template <std::uint64_t kIgnored>
struct IgnoresInLeaves : NaiveTranslator {
  bool leaf_is_legal(std::uint64_t pte, int level) const override {
    return NaiveTranslator::leaf_is_legal(pte & ~kIgnored, level);
  }
};

struct AcceptsWriteOnly : NaiveTranslator {
  bool leaf_is_legal(std::uint64_t pte, int level) const override {
    return NaiveTranslator::leaf_is_legal(pte | 2U, level);
  }
};

struct AcceptsAnyNapotPattern : NaiveTranslator {
  bool leaf_is_legal(std::uint64_t pte, int level) const override {
    const std::uint64_t pattern = std::uint64_t{0xf} << 10;
    return NaiveTranslator::leaf_is_legal((pte & ~pattern) | 0x2000, level);
  }
};

struct AcceptsMisalignedSuperpages : NaiveTranslator {
  bool is_aligned(std::uint64_t /*page*/, std::uint64_t /*pages*/) const override { return true; }
};

struct AcceptsPointersAtTheLastLevel : NaiveTranslator {
  bool is_leaf(std::uint64_t pte, int level) const override {
    return level == 0 || NaiveTranslator::is_leaf(pte, level);
  }
  bool user_bit_allows(const Stage& stage, std::uint64_t pte, const Access& access) const override {
    return (pte & 0xeU) == 0 || NaiveTranslator::user_bit_allows(stage, pte, access);
  }
  bool type_allowed(std::uint64_t pte, const Access& access) const override {
    return (pte & 0xeU) == 0 || NaiveTranslator::type_allowed(pte, access);
  }
};

// ---- permissions ----

struct IgnoresSum : NaiveTranslator {
  bool user_bit_allows(const Stage& stage, std::uint64_t pte, const Access& access) const override {
    Access with_sum = access;
    with_sum.sum = true;
    return NaiveTranslator::user_bit_allows(stage, pte, with_sum);
  }
};

struct FetchesUserPagesWithSum : NaiveTranslator {
  bool user_bit_allows(const Stage& stage, std::uint64_t pte, const Access& access) const override {
    Access load = access;
    load.type = 'r';
    return NaiveTranslator::user_bit_allows(stage, pte, load);
  }
};

struct IgnoresMxr : NaiveTranslator {
  bool type_allowed(std::uint64_t pte, const Access& access) const override {
    Access without = access;
    without.mxr = false;
    return NaiveTranslator::type_allowed(pte, without);
  }
};

struct LetsStoresLeavePagesClean : NaiveTranslator {
  std::uint64_t updated(std::uint64_t pte, const Access& /*access*/) const override {
    return pte | 0x40U;
  }
};

// ---- addresses ----

struct SkipsTheCanonicalCheck : NaiveTranslator {
  bool address_fits(const Stage& stage, std::uint64_t address) const override {
    return stage.guest_physical ? NaiveTranslator::address_fits(stage, address) : true;
  }
};

struct ChecksThePreviousAddress : NaiveTranslator {
  bool address_fits(const Stage& stage, std::uint64_t address) const override {
    if (stage.guest_physical) return NaiveTranslator::address_fits(stage, address);
    return NaiveTranslator::address_fits(stage, std::exchange(previous, address));
  }
  mutable std::uint64_t previous = 0;
};

struct TakesUnsupportedModesForBare : NaiveTranslator {
  void write_satp(std::uint64_t raw) override {
    NaiveTranslator::write_satp(0);
    NaiveTranslator::write_satp(raw);
  }
};

// ---- access faults ----

struct AnswersPmpWithPageFaults : NaiveTranslator {
  int access_fault(int step, bool exists, const Access& access) const override {
    if (exists && step == 2) return page_fault({}, access);
    return NaiveTranslator::access_fault(step, exists, access);
  }
};

struct AnswersMissingMemoryWithPageFaults : NaiveTranslator {
  int access_fault(int step, bool exists, const Access& access) const override {
    return exists ? NaiveTranslator::access_fault(step, exists, access) : page_fault({}, access);
  }
};

struct ReportsAccessFaultsOfWalksAsLoads : NaiveTranslator {
  int access_fault(int step, bool exists, const Access& access) const override {
    return step == 2 ? 5 : NaiveTranslator::access_fault(step, exists, access);
  }
};

struct ChecksPmpOfPtesWithTheOriginalType : NaiveTranslator {
  char type_of_pte_access(char type, const Access& access) const override {
    return type == 'r' ? access.original : type;
  }
};

struct ChecksPmpOfUpdatesAsReads : NaiveTranslator {
  char type_of_pte_access(char /*type*/, const Access& /*access*/) const override { return 'r'; }
};

struct MatchesPmpByTheFirstByte : NaiveTranslator {
  bool pmp_allows(Range bytes, char type, bool machine) const override {
    return NaiveTranslator::pmp_allows({bytes.first, 1}, type, machine);
  }
};

struct LetsLockedPmpEntriesChange : NaiveTranslator {
  void write_pmp(unsigned entry, unsigned cfg, std::uint64_t address) override {
    for (PmpEntry& each : pmp()) each.cfg &= 0x7fU;
    NaiveTranslator::write_pmp(entry, cfg, address);
  }
};

constexpr std::uint64_t kReserved = std::uint64_t{0x7f} << 54, kPbmt = std::uint64_t{3} << 61,
                        kN = std::uint64_t{1} << 63;

}  // namespace

std::vector<BrokenTranslator> translators_with_broken_rules() {
  return {
      {"A, D or U of a pointer accepted", make_naive_case<AcceptsFlagsInPointers>},
      {"reserved bits of a pointer ignored", make_naive_case<IgnoresHighBitsOfPointers>},
      {"reserved bits of a leaf ignored", make_naive_case<IgnoresInLeaves<kReserved>>},
      {"N ignored", make_naive_case<IgnoresInLeaves<kN>>},
      {"PBMT ignored", make_naive_case<IgnoresInLeaves<kPbmt>>},
      {"any NAPOT pattern accepted", make_naive_case<AcceptsAnyNapotPattern>},
      {"write-only page accepted", make_naive_case<AcceptsWriteOnly>},
      {"misaligned superpage accepted", make_naive_case<AcceptsMisalignedSuperpages>},
      {"pointer at the last level accepted", make_naive_case<AcceptsPointersAtTheLastLevel>},
      {"SUM ignored", make_naive_case<IgnoresSum>},
      {"SUM lets supervisor code fetch", make_naive_case<FetchesUserPagesWithSum>},
      {"MXR ignored", make_naive_case<IgnoresMxr>},
      {"D not set by a store", make_naive_case<LetsStoresLeavePagesClean>},
      {"canonical check left out", make_naive_case<SkipsTheCanonicalCheck>},
      {"canonical check of another request", make_naive_case<ChecksThePreviousAddress>},
      {"unsupported satp.MODE taken for bare", make_naive_case<TakesUnsupportedModesForBare>},
      {"PTE read denied by PMP is a page fault", make_naive_case<AnswersPmpWithPageFaults>},
      {"out-of-range pointer is a page fault", make_naive_case<AnswersMissingMemoryWithPageFaults>},
      {"access fault of a store's walk reported as a load's",
       make_naive_case<ReportsAccessFaultsOfWalksAsLoads>},
      {"PMP of a PTE checked with the original type",
       make_naive_case<ChecksPmpOfPtesWithTheOriginalType>},
      {"PMP of an update checked as a read", make_naive_case<ChecksPmpOfUpdatesAsReads>},
      {"PMP entry that matches in part accepted", make_naive_case<MatchesPmpByTheFirstByte>},
      {"locked PMP entry written", make_naive_case<LetsLockedPmpEntriesChange>},
  };
}

}  // namespace tlmmu::testing
