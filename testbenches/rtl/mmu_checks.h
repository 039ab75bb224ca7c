// SPDX-License-Identifier: Apache-2.0
// What an MMU in hardware has to do, each as a random check: empty, or what went wrong in which
// round.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "testbenches/rtl/mmu_bench.h"

namespace tlmmu {

inline std::string told(const char* what, unsigned round) {
  return std::string(what) + " in round " + std::to_string(round);
}

/// Answers are those of a walk from the root, whatever was asked before, with fences of everything
/// in every state, and A and D are set where they have to be.
template <class Bench>
std::string check_answers(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    const WalkRequest request = bench.some_request();
    if (bench.random.below(8) == 0) {
      // A fresh PTE, whose A and D are random.
      bench.tables.remap(request.space.asid.value(), request.address, bench.random);
      bench.fence(Fence{});
    }
    const Answer right = expected(request, bench.tables);
    const bool fenced = bench.random.below(4) == 0;
    const auto answer = bench.translate(request, fenced ? bench.random.below(24) : Bench::kNever);
    if (!answer) return told("no answer", i);
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
    const WalkRequest request = bench.some_request();
    const Answer before = expected(request, bench.tables);
    const auto answer = bench.translate(request, bench.random.below(20), [&] {
      bench.tables.remap(request.space.asid.value(), request.address, bench.random);
    });
    const Answer after = expected(request, bench.tables);
    if (!answer) return told("no answer", i);
    if (!(*answer == before || *answer == after)) return told("another answer", i);
    const auto again = bench.translate(request);
    if (!again || !(*again == after)) return told("what was before a fence stays", i);
  }
  return "";
}

/// What was just walked is answered without a walk, also after a fault of the same page.
template <class Bench>
std::string check_hits(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    const WalkRequest request = bench.some_request();
    if (bench.translate(request).value_or(Answer{true, 0}).fault) continue;
    bench.translate(request);
    if (!bench.hit()) return told("what was walked is not known", i);
    WalkRequest other = request;
    bench.set_access(other);
    if (!bench.translate(other).value_or(Answer{false, 0}).fault) continue;
    bench.translate(request);
    if (!bench.hit()) return told("what was known is lost by a fault", i);
  }
  return "";
}

/// A global page that one address space has walked is known in the others.
template <class Bench>
std::string check_global_pages(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    WalkRequest request = bench.allowed_request(0, bench.random.below(2));
    bench.fence(Fence{});
    bench.translate(request);
    bench.set_space(request, static_cast<std::uint16_t>(1 + bench.random.below(2)));
    const Answer right = expected(request, bench.tables);
    const auto answer = bench.translate(request);
    if (!answer || !(*answer == right)) return told("another answer", i);
    if (!bench.hit()) return told("a global page is not shared", i);
  }
  return "";
}

/// Each fence removes what it names, and nothing else.
template <class Bench>
std::string check_fences(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    const WalkRequest request = bench.some_request();
    if (bench.translate(request).value_or(Answer{true, 0}).fault) continue;
    Fence some;
    // A fence by an address that is not canonical may do anything to the page of its low bits.
    constexpr std::uint64_t kVpn = low_mask(27);
    if (bench.random.below(2) == 0)
      some.vpn = Vpn(bench.some_request().address.page().value() & kVpn);
    if (bench.random.below(3) == 0) some.vpn = request.address.page();
    if (bench.random.below(2) == 0) some.asid = bench.some_request().space.asid;
    const bool large = (request.address.value() >> 21U) != 0;
    const PageSize size = large ? PageSize::k2MiB : PageSize::k4KiB;
    const bool same_page =
        !some.vpn || align_down(*some.vpn, size) == align_down(request.address.page(), size);
    const bool global = bench.tables.is_global(request.address);
    const bool named = same_page && some.names(SpaceTag(request.space.asid), global);
    if (named) {
      bench.tables.remap(request.space.asid.value(), request.address, bench.random);
    }
    bench.fence(some);
    const Answer right = expected(request, bench.tables);
    const auto answer = bench.translate(request);
    if (!answer || !(*answer == right)) return told("another answer after a fence", i);
    if (bench.hit() == named) return told(named ? "a fence has left it" : "a fence took more", i);
    // Other address spaces may hold what was remapped.
    if (named) bench.fence(Fence{});
  }
  return "";
}

/// As many pages as there are entries are known at once; a free place is taken before one in use,
/// and what was used last stays.
template <class Bench>
std::string check_replacement(Bench& bench, unsigned rounds) {
  for (unsigned i = 0; i < rounds; ++i) {
    std::vector<WalkRequest> requests;
    for (std::uint64_t page = 2; page < 2 + Bench::kEntries + 2; ++page) {
      requests.push_back(bench.allowed_request(1, page));
    }
    for (std::size_t j = requests.size(); j > 1; --j) {
      std::swap(requests[j - 1], requests[bench.random.below(j)]);
    }
    const auto known = [&](const WalkRequest& request) {
      bench.translate(request);
      return bench.hit();
    };
    bench.fence(Fence{});
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
  return "";
}

}  // namespace tlmmu
