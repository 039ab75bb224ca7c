// SPDX-License-Identifier: Apache-2.0
#include "models/tlm/sockets.h"

namespace tlmmu {

namespace {

tlm::tlm_sync_enum refuse_nb_transport(const char* direction) {
  SC_REPORT_ERROR("/tlmmu/nb_transport", direction);
  return tlm::TLM_COMPLETED;
}

}  // namespace

tlm::tlm_sync_enum MemoryInitiator::nb_transport_bw(tlm::tlm_generic_payload&, tlm::tlm_phase&,
                                                    sc_core::sc_time&) {
  return refuse_nb_transport("this initiator is loosely timed: it takes no nb_transport_bw");
}

tlm::tlm_sync_enum LooselyTimedTarget::nb_transport_fw(tlm::tlm_generic_payload&, tlm::tlm_phase&,
                                                       sc_core::sc_time&) {
  return refuse_nb_transport("this target is loosely timed: use b_transport, not nb_transport_fw");
}

}  // namespace tlmmu
