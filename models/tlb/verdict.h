// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/permissions.h"
#include "models/arch/translation.h"

namespace tlmmu {

/// What a TLB entry says to an access that it matches.
enum class Verdict : std::uint8_t {
  allowed,          ///< the entry answers
  forbidden,        ///< page fault, without a walk
  update_needed,    ///< allowed, but A, or D for a store, is not set: the walker has to look again
  g_stage_forbids,  ///< allowed by the first stage only: the walker has to say what the fault is
};

/// The rule: permissions first, then A and D (the order of VATP.6, VATP.8 and VATP.9).
constexpr Verdict verdict(PteFlags flags, AccessType type, AccessContext context) {
  if (!permits(flags, type, context)) return Verdict::forbidden;
  return accessed_dirty_current(flags, type) ? Verdict::allowed : Verdict::update_needed;
}

/// The same for an entry of `stages`. To the G stage every access is a user's.
constexpr Verdict verdict(const Translation& translation, Stages stages, AccessType type,
                          AccessContext context) {
  if (stages != Stages::g) {
    const Verdict first = verdict(translation.flags, type, context);
    if (first != Verdict::allowed || stages == Stages::single) return first;
  }
  AccessContext g_stage;
  g_stage.mxr = context.g_stage_mxr;
  const Verdict second = verdict(translation.g_stage_flags, type, g_stage);
  return second == Verdict::forbidden ? Verdict::g_stage_forbids : second;
}

/// Whether a user program's access finds all that it can need, so that verdict() is `allowed`;
/// false says nothing. One comparison, in which the kind of access is no branch.
constexpr bool surely_allowed(PteFlags flags, AccessType type, AccessContext context) {
  constexpr unsigned kCommon = PteFlags::kU | PteFlags::kA;
  constexpr unsigned kNeeds[] = {kCommon | PteFlags::kX, kCommon | PteFlags::kR,
                                 kCommon | PteFlags::kW | PteFlags::kD};
  const unsigned needs = kNeeds[static_cast<unsigned>(type)];
  return context.privilege == Privilege::user && (flags.raw() & needs) == needs;
}

}  // namespace tlmmu
