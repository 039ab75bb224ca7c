// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/arch/exception.h"
#include "models/base/page_size.h"
#include "models/reference/case_memory.h"

namespace tlmmu::reference {

/// A physical address and the reach of its translation; no reach where nothing translates.
struct Translated {
  PhysicalAddress address;
  std::optional<PageSize> size;
};

/// The exception that the request raises.
struct Refused {
  ExceptionCause cause;
  /// Of a guest-page fault: the whole address, of which htval has the part above bit 1.
  std::optional<GuestPhysicalAddress> guest_address = std::nullopt;
};

/// What `request_type` raises with `cause`; `guest_address` counts if that is a guest-page fault.
constexpr Refused refused(ExceptionCause cause, AccessType request_type,
                          GuestPhysicalAddress guest_address) {
  if (cause != guest_page_fault(request_type)) return {cause};
  return {cause, guest_address};
}

/// What became of a request.
struct Answer {
  VirtualAddress tval;  ///< the request's address
  std::variant<Translated, Refused> outcome;
  std::vector<PteAccess> accesses;  ///< to PTEs, in their order
};

enum class Detail : std::uint8_t { outcome, accesses };

/// One line without its end, as docs/reference.md describes it: `ID ok 0xPA SIZE` or `ID fault
/// CAUSE`, and with Detail::accesses ` # tval=...` and what follows it.
std::string to_text(const std::string& id, const Answer& answer, Detail detail);

}  // namespace tlmmu::reference
