// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "models/memory_controller/command_reporter.h"
#include "models/memory_controller/memory_rules.h"
#include "models/memory_controller/page_store.h"
#include "models/memory_controller/request_scheduler.h"
#include "models/tlm/sockets.h"

namespace tlmmu {

/// The main memory: a controller, its DRAM, and the contents. Addresses are offsets from 0.
///
/// Loosely timed: a read adds the time until its last data to the delay, a write the time until the
/// write queue has taken it. Requests are served in the order of the calls; one that comes from a
/// local time behind an earlier call's starts when what it needs is free.
class MemoryController : public sc_core::sc_module, private LooselyTimedTarget {
 public:
  /// Throws InputError if the three configurations do not fit together.
  MemoryController(const sc_core::sc_module_name& name, const MemoryConfig& memory,
                   const MemoryControllerConfig& config, const DramConfig& dram,
                   events::Emitter emit);

  MemoryTargetSocket bus_in;  ///< reads and writes of any length and alignment

  /// Counts refreshes and precharges, and emits commands, up to the present. Call it before reading
  /// statistics; the end of the simulation does it too.
  void catch_up();
  const MemoryControllerStats& stats() const { return stats_; }
  DramStats dram_stats() const { return scheduler_.dram_stats(); }
  const DramAddressMap& address_map() const { return scheduler_.address_map(); }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;

 private:
  void end_of_simulation() override;
  /// catch_up(), once for each time that SystemC reaches.
  void report_past();
  tlm::tlm_response_status check(const tlm::tlm_generic_payload& payload) const;
  void move_bytes(const tlm::tlm_generic_payload& payload);
  void move_enabled_bytes(const tlm::tlm_generic_payload& payload);
  void move(tlm::tlm_command command, std::uint64_t offset, unsigned char* data, unsigned length);

  MemoryControllerStats stats_;
  PageStore store_;
  CommandReporter reporter_;
  RequestScheduler scheduler_;
  Picoseconds reported_;
};

}  // namespace tlmmu
