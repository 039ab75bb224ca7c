// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "models/reference/answer.h"
#include "testbenches/conformance/random_case.h"

namespace tlmmu::testing {

/// Whoever answers the requests of a walk case.
class CaseTranslator {
 public:
  CaseTranslator() = default;
  CaseTranslator(const CaseTranslator&) = delete;
  CaseTranslator& operator=(const CaseTranslator&) = delete;
  virtual ~CaseTranslator() = default;

  /// Does what `line` says. Answers if it is a request.
  virtual std::optional<reference::Answer> run(const reference::Line& line) = 0;
  /// The PTE-wide word at `address` now; empty where there is no memory.
  virtual std::optional<std::uint64_t> word(std::uint64_t address) = 0;
};

/// Makes one for a case, with the hart out of reset.
using CaseTranslatorMaker = std::function<std::unique_ptr<CaseTranslator>(const RandomCase&)>;

/// The model, every request of which is a walk from the root.
std::unique_ptr<CaseTranslator> make_cold_model(const RandomCase& random_case);

}  // namespace tlmmu::testing
