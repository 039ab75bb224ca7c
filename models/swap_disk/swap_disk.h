// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <systemc>

#include "models/swap_disk/disk_controller.h"
#include "models/tlm/disk_protocol.h"
#include "models/tlm/payload.h"
#include "models/tlm/sockets.h"

namespace tlmmu {

/// The swap disk: registers as in models/tlm/disk_protocol.h, DMA to memory, an interrupt line.
/// Register accesses take no time of their own. A submission takes effect at the initiator's
/// local time; the disk itself works at the simulation's time, so its DMA meets the memory in
/// order. What is behind dma_out must not wait.
class SwapDisk : public sc_core::sc_module,
                 public MemoryInitiator,
                 public LooselyTimedTarget,
                 private DiskMemory {
 public:
  MemoryTargetSocket registers_in;      ///< the register block; addresses start at 0
  MemoryInitiatorSocket dma_out;        ///< to the bus: physical addresses, Origin::dma
  sc_core::sc_out<bool> interrupt_out;  ///< high while completions wait to be read

  /// Throws InputError for an unusable backing file, HostError if the host fails.
  SwapDisk(const sc_core::sc_module_name& name, const SwapDiskConfig& config, events::Emitter emit);

  const SwapDiskStats& stats() const { return controller_.stats(); }
  /// A host failure stops the simulation (sc_stop); this throws it, a HostError, to whoever ran it.
  void rethrow_failure() const;

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;

 private:
  void serve();
  void wake_when_due();
  tlm::tlm_response_status access(tlm::tlm_generic_payload& payload, Picoseconds now);
  void submit(const disk::Submission& submission, Picoseconds now);
  disk::Completion complete();
  disk::Status status() const;

  std::optional<Picoseconds> fetch(PhysicalAddress from, unsigned char* data,
                                   Picoseconds now) override;
  std::optional<Picoseconds> store(PhysicalAddress to, unsigned char* data,
                                   Picoseconds now) override;
  std::optional<Picoseconds> move(tlm::tlm_command command, PhysicalAddress address,
                                  unsigned char* data, Picoseconds now);

  DiskController controller_;
  MemoryTransaction transaction_{Origin::dma};
  disk::Acceptance last_submission_ = disk::Acceptance::accepted;
  sc_core::sc_event wake_;
  std::exception_ptr failure_;
};

}  // namespace tlmmu
