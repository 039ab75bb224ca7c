// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/permissions.h"

namespace tlmmu {

/// What a TLB entry says to an access that it matches.
enum class Verdict : std::uint8_t {
  allowed,        ///< the entry answers
  forbidden,      ///< page fault, without a walk
  update_needed,  ///< allowed, but A, or D for a store, is not set: the walker has to look again
};

/// The rule: permissions first, then A and D (the order of VATP.6, VATP.8 and VATP.9).
constexpr Verdict verdict_by_rule(PteFlags flags, AccessType type, AccessContext context) {
  if (!permits(flags, type, context)) return Verdict::forbidden;
  return accessed_dirty_current(flags, type) ? Verdict::allowed : Verdict::update_needed;
}

/// The same as verdict_by_rule. A user program's access to an entry that has all it can need is
/// decided by one comparison, in which the kind of access is no branch.
constexpr Verdict verdict(PteFlags flags, AccessType type, AccessContext context) {
  constexpr unsigned kCommon = PteFlags::kU | PteFlags::kA;
  constexpr unsigned kNeeds[] = {kCommon | PteFlags::kX, kCommon | PteFlags::kR,
                                 kCommon | PteFlags::kW | PteFlags::kD};
  const unsigned needs = kNeeds[static_cast<unsigned>(type)];
  if (context.privilege == Privilege::user && (flags.raw() & needs) == needs) {
    return Verdict::allowed;
  }
  return verdict_by_rule(flags, type, context);
}

}  // namespace tlmmu
