// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/privilege.h"
#include "models/arch/pte.h"
#include "models/base/access_type.h"

namespace tlmmu {

/// VATP.6: whether the U bit of a leaf with `flags` lets `context` do `type` (privilege and SUM).
constexpr bool user_bit_permits(PteFlags flags, AccessType type, AccessContext context) {
  if (context.privilege == Privilege::user) return flags.u();
  if (context.privilege == Privilege::supervisor && flags.u()) {
    return type != AccessType::fetch && context.sum == Sum::permitted;
  }
  return true;
}

/// VATP.8: whether R, W and X of a leaf with `flags` allow `type` (MXR makes X readable).
constexpr bool type_permits(PteFlags flags, AccessType type, AccessContext context) {
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

/// Whether a leaf with `flags` lets `context` do `type`: VATP.6 and VATP.8 of the translation
/// process. A and D are not looked at.
constexpr bool permits(PteFlags flags, AccessType type, AccessContext context) {
  return user_bit_permits(flags, type, context) && type_permits(flags, type, context);
}

/// Whether A, and for a store D, are already set, so that the access needs no PTE update (VATP.9).
constexpr bool accessed_dirty_current(PteFlags flags, AccessType type) {
  return flags.a() && (type != AccessType::store || flags.d());
}

}  // namespace tlmmu
