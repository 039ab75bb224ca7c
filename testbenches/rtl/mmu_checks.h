// SPDX-License-Identifier: Apache-2.0
// What an MMU in hardware has to do, each as a random check: empty, or what went wrong in which
// round.
#pragma once

#include "testbenches/rtl/mmu_bench.h"

namespace tlmmu {

inline std::string told(const std::string& what, unsigned round) {
  return what + " in round " + std::to_string(round);
}

/// Cycles in which a fence is likely to overtake a request.
inline constexpr std::uint64_t kWithin = 48;
/// Rounds of the same tables.
inline constexpr unsigned kRoundsOfTables = 64;

/// Answers are those of a walk from the root, whatever was asked before, with fences in every
/// state, and A and D are set where they have to be.
template <class Bench>
std::string check_answers(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    if (i % kRoundsOfTables == 0) bench.renew();
    const WalkRequest request = bench.requests.some();
    if (bench.random.below(8) == 0) {
      // A fresh PTE, whose A and D are random.
      bench.tables.remap(request.space.asid, request.address);
      bench.fence(bench.requests.naming_fence(request));
    }
    const Answer right = expected(request, bench.tables);
    std::optional<FenceWithin> fence;
    if (bench.random.below(4) == 0) {
      fence = {bench.random.below(kWithin), bench.requests.some_fence(request)};
    }
    const auto answer = bench.translate(request, fence);
    if (!answer) return told(bench.complaint(), i);
    if (!(*answer == right)) return told("another answer", i);
    // A global translation serves address spaces whose own copy of its PTE is untouched.
    if (bench.tables.is_global(request.address)) continue;
    if (wants_update(request, bench.tables)) return told("A or D is not set", i);
  }
  return "";
}

/// What changes together with a fence in the middle of a request may be answered as before, and
/// after it no more.
template <class Bench>
std::string check_changes_in_the_middle(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    if (i % kRoundsOfTables == 0) bench.renew();
    const WalkRequest request = bench.requests.some();
    const Answer before = expected(request, bench.tables);
    const FenceWithin fence{bench.random.below(kWithin), bench.requests.naming_fence(request)};
    const auto answer = bench.translate(
        request, fence, [&] { bench.tables.remap(request.space.asid, request.address); });
    const Answer after = expected(request, bench.tables);
    if (!answer) return told(bench.complaint(), i);
    if (!(*answer == before || *answer == after)) return told("another answer", i);
    const auto again = bench.translate(request);
    if (!again) return told(bench.complaint(), i);
    if (!(*again == after)) return told("what was before a fence stays", i);
  }
  return "";
}

/// A global page that one address space has walked is known in the others.
template <class Bench>
std::string check_global_pages(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    if (i % kRoundsOfTables == 0) bench.renew();
    WalkRequest request = bench.requests.allowed(0, bench.random.below(TestPages::kGlobal));
    bench.fence(Fence{});
    bench.translate(request);
    request.space = bench.tables.space(1 + bench.random.below(Tables::kSpaces - 1));
    const Answer right = expected(request, bench.tables);
    const auto answer = bench.translate(request);
    if (!answer) return told(bench.complaint(), i);
    if (!(*answer == right)) return told("another answer", i);
    if (!bench.hit()) return told("a global page is not shared", i);
  }
  return "";
}

}  // namespace tlmmu
