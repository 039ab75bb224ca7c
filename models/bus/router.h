// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <systemc>

#include "models/bus/address_map.h"
#include "models/bus/bus_config.h"
#include "models/bus/bus_stats.h"
#include "models/tlm/sockets.h"

namespace tlmmu {

/// One target of the router: where it is, and the name of the socket that leads there.
using RouterRange = AddressRange;

/// The system bus: passes each memory transaction on to the target that owns its address, with the
/// target's base subtracted, and restores the address on the way back. An address that no target
/// has, or an access across the end of a range, is answered with TLM_ADDRESS_ERROR_RESPONSE.
class Router : public sc_core::sc_module, public MemoryInitiator, public LooselyTimedTarget {
 public:
  MemoryTargetSocket bus_in;  ///< any number of initiators; physical addresses

  /// The first range should be the busiest one. Throws InputError if ranges overlap.
  Router(const sc_core::sc_module_name& name, const BusConfig& config, ClockPeriod clock,
         std::vector<RouterRange> ranges);

  /// The socket `<range>_out` towards the target of that name; addresses start at 0 there.
  MemoryInitiatorSocket& out(std::string_view range);
  const BusStats& stats() const { return stats_; }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;

 private:
  AddressMap map_;
  sc_core::sc_vector<MemoryInitiatorSocket> outs_;
  sc_core::sc_time latency_;
  BusStats stats_;
};

}  // namespace tlmmu
