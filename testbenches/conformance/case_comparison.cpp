// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/case_comparison.h"

#include <fmt/format.h>

#include "models/base/bits.h"

namespace tlmmu::testing {

using reference::Answer;
using reference::Refused;
using reference::Request;
using reference::Translated;

namespace {

bool same(const Answer& a, const Answer& b, Compared compared) {
  if (a.outcome.index() != b.outcome.index()) return false;
  if (const auto* translated = std::get_if<Translated>(&a.outcome)) {
    const auto& other = std::get<Translated>(b.outcome);
    if (translated->address != other.address) return false;
    // A TLB may hold less than a page.
    if (compared == Compared::accesses && translated->size != other.size) return false;
  } else {
    const auto& refused = std::get<Refused>(a.outcome);
    const auto& other = std::get<Refused>(b.outcome);
    if (refused.cause != other.cause || refused.guest_address != other.guest_address) return false;
  }
  return compared == Compared::answers || a.accesses == b.accesses;
}

/// Bits of a word that must be the same. Caches may use one PTE of a NAPOT range for all of it, and
/// then set A and D in that one only.
std::uint64_t mask_of(std::uint64_t word, Compared compared) {
  constexpr std::uint64_t kAccessedDirty = PteFlags::kA | PteFlags::kD;
  return compared == Compared::answers && Pte(word).n() ? ~kAccessedDirty : low_mask(64);
}

std::optional<CaseDifference> difference_in_memory(NaiveCase& naive, CaseTranslator& other,
                                                   Compared compared) {
  for (const auto& [address, word] : naive.words()) {
    const auto actual = other.word(address);
    if (!actual || ((*actual ^ word) & mask_of(word, compared)) == 0) continue;
    return CaseDifference{fmt::format("{:#x} holds {:#x} at the end", address, word),
                          fmt::format("{:#x} holds {:#x} at the end", address, *actual)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<CaseDifference> first_difference(const RandomCase& random_case,
                                               const CaseTranslatorMaker& other_maker,
                                               Compared compared, const CaseObserver& observer) {
  NaiveCase naive(random_case);
  const auto other = other_maker(random_case);
  for (const reference::Line& line : random_case.walk_case.lines) {
    const auto expected = naive.run(line);
    const auto actual = other->run(line);
    if (!expected) continue;
    const auto& request = std::get<Request>(line.content);
    if (observer) observer(request, naive.last());
    if (same(*expected, *actual, compared)) continue;
    const auto detail = reference::Detail::accesses;
    return CaseDifference{to_text(request.id, *expected, detail),
                          to_text(request.id, *actual, detail)};
  }
  return difference_in_memory(naive, *other, compared);
}

}  // namespace tlmmu::testing
