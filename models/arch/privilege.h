// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tlmmu {

/// Privilege levels as the architecture encodes them (privileged architecture, table "levels").
enum class Privilege : std::uint8_t { user = 0, supervisor = 1, machine = 3 };

/// V, the hypervisor extension's virtualization mode: off in M, HS and U, on in VS and VU.
enum class Virtualization : std::uint8_t { off = 0, on = 1 };

/// mstatus.SUM: may supervisor code touch user pages?
enum class Sum : std::uint8_t { forbidden = 0, permitted = 1 };

/// mstatus.MXR: are executable pages readable?
enum class Mxr : std::uint8_t { off = 0, on = 1 };

/// The hart state that decides what a translation may do, beside the access itself. In a virtual
/// machine (V = 1) privilege is that of VU or VS, and sum is vsstatus.SUM.
struct AccessContext {
  Privilege privilege = Privilege::user;
  Sum sum = Sum::forbidden;
  /// Of the first stage. With V = 1 it is on if vsstatus.MXR or sstatus.MXR is.
  Mxr mxr = Mxr::off;
  /// Of the G stage: sstatus.MXR, which overrides execute-only permissions of both stages.
  Mxr g_stage_mxr = Mxr::off;
  friend constexpr bool operator==(AccessContext a, AccessContext b) {
    return a.privilege == b.privilege && a.sum == b.sum && a.mxr == b.mxr &&
           a.g_stage_mxr == b.g_stage_mxr;
  }
};

}  // namespace tlmmu
