// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "firmware/kernel/machine.h"
#include "models/tlm/disk_protocol.h"
#include "models/tlm/payload.h"
#include "models/tlm/sockets.h"

namespace tlmmu {

/// How a transfer ended, as the kernel wants to hear it.
struct FinishedTransfer {
  kernel::DiskTag tag;
  kernel::TransferResult result = kernel::TransferResult::ok;
};

/// Speaks models/tlm/disk_protocol.h: register accesses on the bus, each taking its time.
class DiskDriver {
 public:
  DiskDriver(MemoryInitiatorSocket& bus, PhysicalAddress registers)
      : bus_(bus), registers_(registers) {}

  /// Asks the disk for the depth of its queue; before the first transfer.
  void start(sc_core::sc_time& delay);
  kernel::Submission submit(const kernel::DiskTransfer& transfer, sc_core::sc_time& delay);
  /// The oldest completion; nothing if none waits.
  std::optional<FinishedTransfer> take_completion(sc_core::sc_time& delay);

  /// When the disk was last given its first command or gave a completion; nothing while it has
  /// nothing to do. What has been silent for too long may have lost an interrupt.
  std::optional<Picoseconds> silent_since() const {
    return occupied_ == 0 ? std::nullopt : std::optional(heard_);
  }
  /// The driver has asked, and will be patient again.
  void heard(Picoseconds now) { heard_ = now; }

 private:
  struct Register {
    tlm::tlm_command command;
    Bytes offset;
  };
  template <class Content>
  void access(Register which, Content& content, sc_core::sc_time& delay);

  MemoryInitiatorSocket& bus_;
  PhysicalAddress registers_;
  MemoryTransaction transaction_{Origin::kernel};
  std::uint32_t depth_ = 0;
  std::uint32_t occupied_ = 0;  // entries from submission until the completion was read
  Picoseconds heard_;
};

}  // namespace tlmmu
