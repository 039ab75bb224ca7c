// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "testbenches/conformance/case_translator.h"

namespace tlmmu::testing {

/// A translator that breaks one rule, and obeys all others.
struct BrokenTranslator {
  const char* bug;
  CaseTranslatorMaker make;
};

/// Rules of the walk, broken as open-source walkers and simulators have broken them.
std::vector<BrokenTranslator> translators_with_broken_rules();
/// Rules of two-stage translation.
std::vector<BrokenTranslator> translators_with_broken_stages();

/// TLBs, broken likewise.
std::vector<BrokenTranslator> translators_with_broken_caches();
/// The same without a bug.
std::unique_ptr<CaseTranslator> make_caching_translator(const RandomCase& random_case);

}  // namespace tlmmu::testing
