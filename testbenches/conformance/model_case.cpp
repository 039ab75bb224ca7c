// SPDX-License-Identifier: Apache-2.0
#include "models/reference/case_runner.h"
#include "models/reference/cold_mmu.h"
#include "testbenches/conformance/case_translator.h"

namespace tlmmu::testing {

namespace {

using reference::FinalPmp;

class ColdModel : public CaseTranslator {
 public:
  explicit ColdModel(const RandomCase& random_case)
      : machine_(random_case.walk_case.mode),
        mmu_(machine_),
        runner_(machine_, mmu_, random_case.pmp_final ? FinalPmp::checked : FinalPmp::ignored) {}

  std::optional<reference::Answer> run(const reference::Line& line) override {
    return runner_.run(line);
  }
  std::optional<std::uint64_t> word(std::uint64_t address) override {
    const auto pte = machine_.memory.read(PhysicalAddress(address));
    if (!pte) return std::nullopt;
    return pte->raw();
  }

 private:
  reference::CaseMachine machine_;
  reference::ColdMmu mmu_;
  reference::CaseRunner runner_;
};

}  // namespace

std::unique_ptr<CaseTranslator> make_cold_model(const RandomCase& random_case) {
  return std::make_unique<ColdModel>(random_case);
}

}  // namespace tlmmu::testing
