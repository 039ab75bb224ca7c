// SPDX-License-Identifier: Apache-2.0
// Random walk cases through TLBs and walk caches that remember: the answers must be those of a
// second reading of the specification that remembers nothing.
#pragma once

#include <gtest/gtest.h>

#include "models/reference/case_runner.h"
#include "models/reference/warm_mmu.h"
#include "testbenches/conformance/case_comparison.h"

namespace tlmmu::testing {

/// A case of its own, through a machine that begins it with nothing remembered.
class WarmCase : public CaseTranslator {
 public:
  WarmCase(const RandomCase& random_case, reference::WarmMmu& mmu)
      : machine_(random_case.walk_case.mode),
        mmu_(mmu),
        runner_(
            machine_, mmu,
            random_case.pmp_final ? reference::FinalPmp::checked : reference::FinalPmp::ignored) {
    mmu_.serve(machine_);
  }

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
  reference::WarmMmu& mmu_;
  reference::CaseRunner runner_;
};

/// Asks an MMU of `config` the random cases of `seed`. It elaborates, so that a process can do this
/// once.
inline void expect_agreement(const MmuConfig& config, unsigned requests, std::uint64_t seed) {
  reference::WarmMmu mmu("mmu", config, ClockPeriod::from_hertz(1'000'000'000), 1);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  const CaseTranslatorMaker warm = [&mmu](const RandomCase& random_case) {
    return std::make_unique<WarmCase>(random_case, mmu);
  };
  RandomCases cases(seed);
  unsigned count = 0;
  const auto observer = [&count](const reference::Request& /*request*/,
                                 const NaiveAnswer& /*answer*/) { ++count; };
  while (count < requests) {
    const RandomCase random_case = cases.next();
    const auto difference = first_difference(random_case, warm, Compared::answers, observer);
    ASSERT_FALSE(difference) << difference_report(random_case, warm, Compared::answers, seed).text;
  }
}

}  // namespace tlmmu::testing
