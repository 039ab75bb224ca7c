// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "models/reference/case_memory.h"
#include "models/tlm/payload.h"
#include "models/tlm/sockets.h"

namespace tlmmu::reference {

/// The memory of a walk case at a socket, for a walker's PTE accesses. It takes no time.
class CaseMemoryTarget : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  MemoryTargetSocket memory_in;  ///< reads and writes of one PTE, with data

  explicit CaseMemoryTarget(const sc_core::sc_module_name& name);

  /// From now on accesses go to `memory`, which outlives them.
  void serve(CaseMemory& memory) { memory_ = &memory; }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;  ///< reads of one PTE

 private:
  bool access(tlm::tlm_generic_payload& payload);

  CaseMemory* memory_ = nullptr;
};

}  // namespace tlmmu::reference
