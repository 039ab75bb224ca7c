// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/conformance/case_translator.h"
#include "testbenches/conformance/naive_translator.h"

namespace tlmmu::testing {

/// A walk case, answered by a NaiveTranslator.
class NaiveCase : public CaseTranslator {
 public:
  explicit NaiveCase(const RandomCase& random_case)
      : NaiveCase(random_case, std::make_unique<NaiveTranslator>()) {}
  NaiveCase(const RandomCase& random_case, std::unique_ptr<NaiveTranslator> translator);

  std::optional<reference::Answer> run(const reference::Line& line) override;
  std::optional<std::uint64_t> word(std::uint64_t address) override;

  /// Its own words for the last answer.
  const NaiveAnswer& last() const { return last_; }
  /// Every word that it knows of.
  const std::map<std::uint64_t, std::uint64_t>& words() const { return translator_->memory(); }

 private:
  void run(const reference::SetExtensions& line);
  void run(const reference::WriteCsr& line);
  void run(const reference::RunFence& line);
  reference::Answer run(const reference::Request& line);

  std::unique_ptr<NaiveTranslator> translator_;
  NaiveAnswer last_;
};

/// A CaseTranslatorMaker of a kind of NaiveTranslator.
template <class Translator>
std::unique_ptr<CaseTranslator> make_naive_case(const RandomCase& random_case) {
  return std::make_unique<NaiveCase>(random_case, std::make_unique<Translator>());
}

}  // namespace tlmmu::testing
