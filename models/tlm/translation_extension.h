// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <tlm>

#include "models/arch/exception.h"
#include "models/arch/fence.h"
#include "models/arch/privilege.h"
#include "models/arch/translation.h"
#include "models/base/access_type.h"

namespace tlmmu {

/// What a payload asks of the translation chain (CPU, TLB levels, walker).
enum class TranslationCommand : std::uint8_t {
  translate,  ///< find the physical address of the payload's address
  fence,      ///< forget what `fence` names; goes down the whole chain
  evict,      ///< an upper level hands its victim `reply.translation` to an exclusive lower level
};

/// How a translation ended. With `fault` set, `translation` and `physical` mean nothing.
struct TranslationReply {
  std::optional<ExceptionCause> fault;
  PhysicalAddress physical;  ///< after the VS stage alone: guest-physical
  Translation translation;
  GuestPhysicalAddress guest_address{};  ///< of a guest-page fault
};

/// Rides on every payload of the translation chain; the virtual address is the payload's address.
class TranslationExtension : public tlm::tlm_extension<TranslationExtension> {
 public:
  TranslationCommand command = TranslationCommand::translate;
  AccessType type = AccessType::load;
  AccessContext context;
  AddressSpace space;              ///< satp; of a virtual machine vsatp
  Stages stages = Stages::single;  ///< those that the payload's address goes through
  GuestSpace guest;                ///< hgatp; bare with Stages::single
  Fence fence;
  TranslationReply reply;

  /// To whom a translation of this request belongs.
  SpaceTag tag() const { return {stages, guest.vmid, space.asid}; }

  tlm::tlm_extension_base* clone() const override { return new TranslationExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const TranslationExtension&>(other);
  }
};

}  // namespace tlmmu
