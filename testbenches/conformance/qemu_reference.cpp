// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/qemu_reference.h"

#include <fmt/format.h>

#include "models/arch/effective_privilege.h"
#include "models/arch/hgatp.h"
#include "models/arch/satp.h"
#include "models/ptw/two_stage_walk.h"
#include "testbenches/conformance/qemu_memory.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu::testing {

namespace {

using mmu_probe::Access;
using mmu_probe::Case;

AccessType type_of(Access access) {
  if (access == Access::fetch) return AccessType::fetch;
  return access == Access::load ? AccessType::load : AccessType::store;
}

bool is_guest(const Case& asked) {
  return (asked.status & mmu_probe::kMpv) != 0;
}

/// The probe loads and stores in M with MPRV set; to fetch it leaves M for MPP and MPV. What HLV
/// and HSV do for a guest is as if the guest did it.
HartMode mode_of(const Case& asked) {
  const auto mpp = static_cast<Privilege>(bits(asked.status, mmu_probe::kMppLow, 2));
  const auto mpv = (asked.status & mmu_probe::kMpv) != 0 ? Virtualization::on : Virtualization::off;
  if (asked.access == Access::fetch || mpv == Virtualization::on) {
    return effective_mode(type_of(asked.access), {mpp, mpv}, {});
  }
  return effective_mode(type_of(asked.access), {Privilege::machine, Virtualization::off},
                        {Mprv::on, mpp, mpv});
}

/// What is walked; empty where addresses are physical.
std::optional<WalkRequest> request_of(const Case& asked) {
  const HartMode mode = mode_of(asked);
  const bool guest = is_guest(asked);
  WalkRequest request;
  request.address = VirtualAddress(asked.address);
  request.type = type_of(asked.access);
  request.context.privilege = mode.privilege;
  if ((asked.status & mmu_probe::kSum) != 0) request.context.sum = Sum::permitted;
  if ((asked.status & mmu_probe::kMxr) != 0) {
    request.context.mxr = Mxr::on;
    request.context.g_stage_mxr = Mxr::on;
  }
  Satp satp(kSatpRv64);
  satp.write(guest ? asked.vsatp : asked.satp);
  request.space = satp.space();
  if (!guest) {
    if (!is_translated(request.space, mode.privilege)) return std::nullopt;
    return request;
  }
  Hgatp hgatp(kHgatpRv64);
  hgatp.write(asked.hgatp);
  request.guest = hgatp.space();
  request.stages = guest_stages(request.space, request.guest);
  return request;
}

/// A TwoStageWalk that notices where QEMU goes a way of its own.
class GuestWalk {
 public:
  GuestWalk(const WalkRequest& request, const WalkRules& rules, ProbeMemory& memory)
      : walk_(request, rules), memory_(&memory), guest_mode_(request.guest.mode) {
    watch();
  }
  const WalkStep& step() const { return walk_.step(); }
  bool ended() const { return walk_.ended(); }
  void supply(Pte pte) {
    walk_.supply(pte);
    watch();
  }
  void supply_error() {
    if (walk_.stage() == Stages::g) memory_->make_unknown();
    walk_.supply_error();
  }

 private:
  void watch() {
    if (walk_.g_stage_begins()) {
      const VirtualAddress asked = walk_.g_stage_request().address;
      // The address of the PTE that was just read comes again only for its update.
      updating_ = asked == previous_;
      previous_ = asked;
      const PagingMode& mode = paging_mode(guest_mode_);
      if (bits(asked.value(), mode.virtual_bits - 1, 1) != 0) memory_->make_unknown();
    }
    if (!updating_) return;
    // To QEMU the update is as allowed as the read was: the G stage must agree, and not change.
    const bool in_g_stage = walk_.stage() == Stages::g;
    const bool g_stage_update = std::holds_alternative<PteUpdate>(walk_.step()) && in_g_stage;
    const bool fault = std::holds_alternative<WalkFault>(walk_.step()) && in_g_stage;
    if (g_stage_update || fault) memory_->make_unknown();
    updating_ = in_g_stage;
  }

  TwoStageWalk walk_;
  ProbeMemory* memory_;
  PagingModeName guest_mode_;
  bool updating_ = false;  ///< the G stage is asked whether the VS stage's PTE may be stored
  std::optional<VirtualAddress> previous_;  ///< guest-physical
};

std::string fault_line(ExceptionCause cause, const Case& asked) {
  return fmt::format("fault {} {:#x}", static_cast<unsigned>(cause), asked.address);
}

std::string update_text(PhysicalAddress address, Pte now) {
  return fmt::format(" wr {:#x} {:#x}", address.value(), now.raw());
}

/// The words that the walk changed, in the case's order.
std::string updates_text(const Case& asked, const WalkRecord& record) {
  std::string text;
  for (unsigned i = 0; i < asked.words; ++i) {
    Pte now(asked.word[i].value);
    for (const PteUpdate& update : record.updates) {
      if (update.address.value() == asked.word[i].address) now = update.desired;
    }
    if (now.raw() != asked.word[i].value) {
      text += update_text(PhysicalAddress(asked.word[i].address), now);
    }
  }
  return text;
}

/// How the access to `physical`, which translation allows, ends.
void finish(Reference& reference, const Case& asked, ProbeMemory& memory,
            PhysicalAddress physical) {
  const AccessType type = type_of(asked.access);
  reference.line = fault_line(access_fault(type), asked);
  const PmpVerdict verdict = memory.pmp().check(physical, Bytes(8), type, mode_of(asked).privilege);
  reference.end.final_denied = verdict == PmpVerdict::denied;
  if (reference.end.final_denied && is_guest(asked)) memory.make_unknown();
  if (reference.end.final_denied) return;
  const Place place = place_of(physical);
  if (place == Place::window) reference.line = fmt::format("ok {:#x}", physical.value());
  if (place == Place::tables || place == Place::elsewhere) memory.make_unknown();
}

/// What QEMU says where a walk ends with `fault`, if that is known not to be what the specification
/// says. `last` is the PTE that was read last.
std::string deviation_of(const WalkFault& fault, const Case& asked, const ProbeMemory& memory,
                         PhysicalAddress last) {
  const AccessType type = type_of(asked.access);
  // Where no memory is, a PTE read is refused by a physical-memory attribute and so an access
  // fault. QEMU makes a page fault of it.
  if (fault.step == VatpStep::pte_access && !memory.denied()) {
    return fault_line(page_fault(type), asked);
  }
  // QEMU looks for a reserved pattern of a NAPOT page only after it has set A and D.
  const Pte pte = memory.last_read();
  if (fault.step == VatpStep::pte_format && pte.n() && pte.is_leaf()) {
    const std::uint8_t dirty = type == AccessType::store ? PteFlags::kD : 0;
    const Pte updated = pte.with_flags(static_cast<std::uint8_t>(PteFlags::kA | dirty));
    return fault_line(fault.cause, asked) + update_text(last, updated);
  }
  return "";
}

void walk(Reference& reference, const Case& asked, const WalkRequest& request,
          const WalkRules& rules, ProbeMemory& memory) {
  const WalkRecord record = request.stages == Stages::single
                                ? run_walk(Walk(request, rules), memory)
                                : run_walk(GuestWalk(request, rules, memory), memory);
  reference.end.updated = !record.updates.empty();
  reference.end.pte_denied = memory.denied();
  if (const Translation* found = record.translation()) {
    reference.end.page = found->size;
    finish(reference, asked, memory, found->apply(request.address));
  } else {
    const WalkFault& fault = *record.fault();
    reference.end.fault = fault.step;
    reference.end.cause = fault.cause;
    reference.line = fault_line(fault.cause, asked);
    if (fault.cause == guest_page_fault(request.type)) {
      const std::string guest_address = fmt::format(" gpa {:#x}", fault.guest_address.value());
      reference.line += guest_address;
      // A fault at the VS stage's PTEs is one of the original access. QEMU 7.2 makes it a load's.
      if (fault.implicit == ImplicitAccess::pte_read) {
        const bool mxr = request.context.mxr == Mxr::on;
        if (mxr && fault.step == VatpStep::permission) memory.make_unknown();
        reference.known_deviation =
            fault_line(ExceptionCause::load_guest_page_fault, asked) + guest_address;
      }
    } else if (!record.reads.empty()) {
      reference.known_deviation = deviation_of(fault, asked, memory, record.reads.back().address);
    }
  }
  const std::string updates = updates_text(asked, record);
  reference.line += updates;
  if (!reference.known_deviation.empty()) reference.known_deviation += updates;
}

}  // namespace

std::optional<Reference> reference_of(const Case& asked, const WalkRules& rules) {
  Reference reference;
  ProbeMemory memory(asked, rules);
  if (const auto request = request_of(asked)) {
    walk(reference, asked, *request, rules, memory);
  } else {
    finish(reference, asked, memory, PhysicalAddress(asked.address));
  }
  if (memory.unknown()) return std::nullopt;
  return reference;
}

}  // namespace tlmmu::testing
