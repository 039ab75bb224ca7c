// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "models/base/enum_names.h"

namespace tlmmu::reference {

/// The instructions that a case can run between requests.
enum class FenceInstruction : std::uint8_t {
  sfence,
  hfence_vvma,
  hfence_gvma,
  sinval_vma,
  hinval_vvma,
  hinval_gvma,
  sfence_w_inval,
  sfence_inval_ir,
};
constexpr EnumName<FenceInstruction> kFenceInstructionNames[] = {
    {FenceInstruction::sfence, "sfence"},
    {FenceInstruction::hfence_vvma, "hfence.vvma"},
    {FenceInstruction::hfence_gvma, "hfence.gvma"},
    {FenceInstruction::sinval_vma, "sinval.vma"},
    {FenceInstruction::hinval_vvma, "hinval.vvma"},
    {FenceInstruction::hinval_gvma, "hinval.gvma"},
    {FenceInstruction::sfence_w_inval, "sfence.w.inval"},
    {FenceInstruction::sfence_inval_ir, "sfence.inval.ir"},
};
/// Svinval's last two instructions have no operands: they order, and remove nothing.
constexpr bool has_operands(FenceInstruction instruction) {
  return instruction < FenceInstruction::sfence_w_inval;
}
/// Whether the operands are a guest-physical address and a VMID.
constexpr bool names_guest(FenceInstruction instruction) {
  return instruction == FenceInstruction::hfence_gvma ||
         instruction == FenceInstruction::hinval_gvma;
}
struct RunFence {
  FenceInstruction instruction = FenceInstruction::sfence;
  /// A virtual address, of the gvma instructions the guest-physical address itself (not shifted).
  std::optional<std::uint64_t> address = std::nullopt;
  /// An ASID, of the gvma instructions a VMID.
  std::optional<std::uint16_t> space = std::nullopt;
};

}  // namespace tlmmu::reference
