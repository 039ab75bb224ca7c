// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/reference/case_machine.h"
#include "models/reference/translator.h"

namespace tlmmu::reference {

/// Remembers nothing: every request is a walk from the root.
class ColdMmu : public Translator {
 public:
  /// `machine` outlives the MMU.
  explicit ColdMmu(CaseMachine& machine) : machine_(machine) {}

  TranslationResult translate(const WalkRequest& request) override;
  void fence(const Fence& /*fence*/) override {}

 private:
  template <class AnyWalk>
  TranslationResult finish(AnyWalk walk, AccessType type);
  std::optional<Pte> access(const PteRead& read);
  std::optional<Pte> access(const PteUpdate& update);
  bool permits(PhysicalAddress pte, AccessType type) const;

  CaseMachine& machine_;
};

}  // namespace tlmmu::reference
