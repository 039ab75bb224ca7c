// SPDX-License-Identifier: Apache-2.0
// What the entries of a TLB in hardware have to do, each as a random check like those of
// mmu_checks.h.
#pragma once

#include <algorithm>
#include <vector>

#include "testbenches/rtl/mmu_checks.h"

namespace tlmmu {

/// What was just walked is answered without a walk, also after a fault of the same page.
template <class Bench>
std::string check_hits(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    if (i % kRoundsOfTables == 0) bench.renew();
    const WalkRequest request = bench.requests.some();
    if (bench.translate(request).value_or(Answer{true, 0}).fault) continue;
    bench.translate(request);
    if (!bench.hit()) return told("what was walked is not known", i);
    WalkRequest other = request;
    bench.requests.set_access(other);
    if (!bench.translate(other).value_or(Answer{false, 0}).fault) continue;
    bench.translate(request);
    if (!bench.hit()) return told("what was known is lost by a fault", i);
  }
  return bench.complaint();
}

/// Whether `fence` names what `request` is for.
template <class Bench>
bool names(Bench& bench, const Fence& fence, const WalkRequest& request) {
  const TestPage& page = *bench.tables.pages().find(request.address);
  const PageSize size = kSv39.page_size(page.level);
  const bool same_page =
      !fence.vpn || align_down(*fence.vpn, size) == align_down(request.address.page(), size);
  const bool global = page.kind == TestPage::Kind::global;
  return same_page && fence.names(SpaceTag(request.space.asid), global);
}

/// Each fence removes what it names, and nothing else.
template <class Bench>
std::string check_fences(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    if (i % kRoundsOfTables == 0) bench.renew();
    const WalkRequest request = bench.requests.some();
    if (bench.translate(request).value_or(Answer{true, 0}).fault) continue;
    const Fence some = bench.requests.some_fence(request);
    const bool named = names(bench, some, request);
    if (named) bench.tables.remap(request.space.asid, request.address);
    bench.fence(some);
    const Answer right = expected(request, bench.tables);
    const auto answer = bench.translate(request);
    if (!answer) return told(bench.complaint(), i);
    if (!(*answer == right)) return told("another answer after a fence", i);
    if (bench.hit() == named) return told(named ? "a fence has left it" : "a fence took more", i);
    // Other address spaces may hold what was remapped.
    if (named) bench.fence(Fence{});
  }
  return bench.complaint();
}

/// As many pages as there are entries are known at once; a free place is taken before one in use,
/// and what was used last stays.
template <class Bench>
std::string check_replacement(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    bench.renew();
    std::vector<WalkRequest> requests;
    for (std::size_t page = 0; page < Bench::kEntries + 2; ++page) {
      requests.push_back(bench.requests.allowed(1, TestPages::kGlobal + page));
    }
    for (std::size_t j = requests.size(); j > 1; --j) {
      std::swap(requests[j - 1], requests[bench.random.below(j)]);
    }
    const auto known = [&](const WalkRequest& request) {
      bench.translate(request);
      return bench.hit();
    };
    for (unsigned j = 0; j < Bench::kEntries; ++j) bench.translate(requests[j]);
    const WalkRequest& first = requests[0];
    if (!known(first)) return told("fewer pages than entries are known", i);
    bench.translate(requests[Bench::kEntries]);
    if (!known(first)) return told("what was used last is gone", i);
    bench.fence(Fence{});
    for (unsigned j = 0; j < Bench::kEntries; ++j) bench.translate(requests[j]);
    const auto gone = static_cast<unsigned>(1 + bench.random.below(Bench::kEntries - 1));
    bench.fence({requests[gone].address.page(), std::nullopt, FenceKind::sfence_vma});
    bench.translate(requests[Bench::kEntries + 1]);
    for (unsigned j = 0; j < Bench::kEntries; ++j) {
      if (j != gone && !known(requests[j])) return told("a free place is not taken", i);
    }
  }
  return bench.complaint();
}

}  // namespace tlmmu
