// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/enum_names.h"

namespace tlmmu {

/// Who sets a PTE's A and D bits (privileged architecture, step 9 of the translation process).
enum class AdUpdate : std::uint8_t {
  fault,     ///< Svade: a page fault asks the operating system to
  hardware,  ///< Svadu: the walker writes the PTE
};
constexpr EnumName<AdUpdate> kAdUpdateNames[] = {
    {AdUpdate::fault, "fault"},
    {AdUpdate::hardware, "hardware"},
};

/// Whether the hart implements an extension. Without it, its encodings are reserved.
enum class Extension : std::uint8_t { absent, present };

/// Which optional rules of the architecture a walk follows. A new extension is a member here and a
/// branch at its step of the walk.
struct WalkRules {
  AdUpdate ad_update = AdUpdate::hardware;
  Extension svnapot = Extension::absent;  ///< N: 64 KiB from 16 PTEs alike
  Extension svpbmt = Extension::absent;   ///< PBMT: memory types by page
};

/// The tags VATP.n: step n of the numbered "Virtual Address Translation Process" of the privileged
/// architecture (version 20241017 and later, ten steps). Step 0 is ours: the rule of each paging
/// mode that the unused high address bits repeat the highest used one, which comes before step 1.
enum class VatpStep : std::uint8_t {
  canonical_address = 0,
  root = 1,
  pte_access = 2,
  pte_format = 3,
  pointer = 4,
  alignment = 5,
  user_bit = 6,
  shadow_stack = 7,
  permission = 8,
  accessed_dirty = 9,
  success = 10,
};
constexpr EnumName<VatpStep> kVatpStepNames[] = {
    {VatpStep::canonical_address, "VATP.0"}, {VatpStep::root, "VATP.1"},
    {VatpStep::pte_access, "VATP.2"},        {VatpStep::pte_format, "VATP.3"},
    {VatpStep::pointer, "VATP.4"},           {VatpStep::alignment, "VATP.5"},
    {VatpStep::user_bit, "VATP.6"},          {VatpStep::shadow_stack, "VATP.7"},
    {VatpStep::permission, "VATP.8"},        {VatpStep::accessed_dirty, "VATP.9"},
    {VatpStep::success, "VATP.10"},
};

}  // namespace tlmmu
