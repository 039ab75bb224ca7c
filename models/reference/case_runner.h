// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/reference/answer.h"
#include "models/reference/case_machine.h"
#include "models/reference/translator.h"
#include "models/reference/walk_case.h"

namespace tlmmu::reference {

/// Whether PMP judges the address that a request ends at, beside those of the PTEs.
enum class FinalPmp : std::uint8_t { ignored, checked };

/// Does what the lines of a walk case say, to a machine and to who translates for it.
class CaseRunner {
 public:
  /// `machine` and `translator` outlive the runner.
  CaseRunner(CaseMachine& machine, Translator& translator, FinalPmp final_pmp)
      : machine_(machine), translator_(translator), final_pmp_(final_pmp) {}

  /// Does `line`, which fits the machine's mode as the parser demands; answers if it is a request.
  std::optional<Answer> run(const Line& line);

 private:
  using Outcome = std::variant<Translated, Refused>;

  void run(const SetExtensions& line);
  void run(const MemoryWord& line) { machine_.memory.set(line); }
  void run(const RamRange& line) { machine_.memory.add(line); }
  void run(const WriteCsr& line);
  void run(const WritePmp& line);
  void run(const RunFence& line);
  Answer run(const Request& line);
  void fence_after(SpaceCsr csr);
  Outcome translate(const Request& request);
  bool is_physical(PhysicalAddress address) const;
  bool pmp_denies(const Request& request, PhysicalAddress address) const;

  CaseMachine& machine_;
  Translator& translator_;
  FinalPmp final_pmp_;
};

/// The answers to the requests of `walk_case`, each started cold.
std::vector<Answer> answer_cold(const WalkCase& walk_case, FinalPmp final_pmp = FinalPmp::ignored);

}  // namespace tlmmu::reference
