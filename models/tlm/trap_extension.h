// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <tlm>

#include "models/arch/exception.h"
#include "models/arch/translation.h"
#include "models/workload/system_call.h"

namespace tlmmu {

/// Why the CPU enters the kernel.
enum class TrapKind : std::uint8_t {
  start,        ///< the machine comes up: which process first?
  page_fault,   ///< `cause` and `address` say which
  timer,        ///< the time slice is over
  interrupt,    ///< a device raises its line
  system_call,  ///< `call` says which
  exit,         ///< the process has nothing left to do
  proceed,      ///< no trap: the kernel goes on with `call` when the CPU has copied for it
};

/// Rides on the payload that the CPU sends to the kernel's `trap_in`. The kernel's b_transport
/// charges the handler's time, waits there while no process can run, and says what runs next.
class TrapExtension : public tlm::tlm_extension<TrapExtension> {
 public:
  // what the CPU says
  TrapKind kind = TrapKind::start;
  std::uint32_t process = 0;
  ExceptionCause cause = ExceptionCause::load_page_fault;
  AccessType type = AccessType::load;
  VirtualAddress address;
  AccessContext context;  ///< of the access that faulted: the process's or the kernel's
  const SystemCall* call = nullptr;
  Bytes copied;  ///< for `process`'s call, since the last time that the kernel was told

  // what the kernel answers
  std::optional<std::uint32_t> next;  ///< who runs now; empty once every process has ended
  AddressSpace space;                 ///< of `next`
  Picoseconds time_slice;             ///< until the next timer trap
  bool process_killed = false;        ///< `process` is gone; its trace is not needed any more
  kernel::CallAnswer answer;          ///< to `call`; after `blocked` `process` makes it again
  /// Of a page fault of the kernel itself.
  kernel::FaultAnswer fault = kernel::FaultAnswer::resume;

  tlm::tlm_extension_base* clone() const override { return new TrapExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const TrapExtension&>(other);
  }
};

}  // namespace tlmmu
