// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "models/arch/fence.h"
#include "models/ptw/walk.h"
#include "models/reference/answer.h"

namespace tlmmu::reference {

using TranslationResult = std::variant<Translation, Refused>;

/// Who translates for a walk case: with or without anything remembered between requests.
class Translator {
 public:
  Translator() = default;
  Translator(const Translator&) = delete;
  Translator& operator=(const Translator&) = delete;
  virtual ~Translator() = default;

  /// Translates with the machine as it is now. The request is neither of M-mode, nor is every stage
  /// of it bare.
  virtual TranslationResult translate(const WalkRequest& request) = 0;
  /// Forgets what `fence` names.
  virtual void fence(const Fence& fence) = 0;
  /// The extensions or the PMP of the hart have changed.
  virtual void hart_changed() {}
};

}  // namespace tlmmu::reference
