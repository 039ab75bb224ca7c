// SPDX-License-Identifier: Apache-2.0
// Runs a random case past two who should agree, and makes it small where they do not.
#pragma once

#include <string>

#include "testbenches/conformance/case_translator.h"
#include "testbenches/conformance/naive_case.h"

namespace tlmmu::testing {

/// What is compared beside the answers and memory at the end: without caches the accesses, too.
enum class Compared : std::uint8_t { accesses, answers };

struct CaseDifference {
  std::string expected;  ///< the naive translator's line
  std::string actual;
};

/// Sees each request of a comparison, and what the naive translator says.
using CaseObserver = std::function<void(const reference::Request&, const NaiveAnswer&)>;

/// The first difference between the naive translator and the other on this case.
std::optional<CaseDifference> first_difference(const RandomCase& random_case,
                                               const CaseTranslatorMaker& other, Compared compared,
                                               const CaseObserver& observer = {});

/// Whether a case still shows what it is about.
using CasePredicate = std::function<bool(const RandomCase&)>;

/// Whether the lines of a group may be parted, and words of memory lose bits: which fence a change
/// asks for depends on them.
enum class CaseLines : std::uint8_t { in_groups, alone };

/// A case of few lines that `shows` it still, made from one that does: by leaving out groups of
/// lines, from large to small (delta debugging: Zeller and Hildebrandt 2002), by putting leaves in
/// the place of pointers, and by clearing bits. What it ends with can lose no group more.
RandomCase minimized(RandomCase random_case, CaseLines lines, const CasePredicate& shows);

/// The same, of a case that has a first_difference().
RandomCase smallest_difference(const RandomCase& random_case, const CaseTranslatorMaker& other,
                               Compared compared);

struct DifferenceReport {
  std::string text;
  std::string file;  ///< with the case, which `tlmmu walk` reads; it stays
};

/// What is wrong with `random_case`, which has a first_difference(), for people: the seed, the
/// smallest case, both answers, and how to run it.
DifferenceReport difference_report(const RandomCase& random_case, const CaseTranslatorMaker& other,
                                   Compared compared, std::uint64_t seed);

}  // namespace tlmmu::testing
