// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/privilege.h"
#include "models/arch/pte.h"
#include "models/base/access_type.h"

namespace tlmmu {

/// Whether a leaf with `flags` lets `context` do `type` (VATP.6 and VATP.7 of the translation
/// process: the U bit against privilege and SUM, then R, W, X with MXR). A and D are not looked at.
constexpr bool permits(PteFlags flags, AccessType type, AccessContext context) {
  if (context.privilege == Privilege::user && !flags.u()) return false;
  if (context.privilege == Privilege::supervisor && flags.u()) {
    if (type == AccessType::fetch || context.sum == Sum::forbidden) return false;
  }
  switch (type) {
    case AccessType::fetch:
      return flags.x();
    case AccessType::load:
      return flags.r() || (context.mxr == Mxr::on && flags.x());
    case AccessType::store:
      break;
  }
  return flags.w();
}

/// Whether A, and for a store D, are already set, so that the access needs no PTE update (VATP.9).
constexpr bool accessed_dirty_current(PteFlags flags, AccessType type) {
  return flags.a() && (type != AccessType::store || flags.d());
}

}  // namespace tlmmu
