// SPDX-License-Identifier: Apache-2.0
#include "models/reference/case_memory_target.h"

#include <cstring>

namespace tlmmu::reference {

CaseMemoryTarget::CaseMemoryTarget(const sc_core::sc_module_name& name)
    : sc_module(name), memory_in("memory_in") {
  memory_in.bind(*this);
}

void CaseMemoryTarget::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  if (memory_ == nullptr || payload.get_data_length() != memory_->pte_bytes()) {
    SC_REPORT_ERROR("/tlmmu/reference", "an access that is not one of a PTE");
    return;
  }
  payload.set_response_status(access(payload) ? tlm::TLM_OK_RESPONSE
                                              : tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

unsigned CaseMemoryTarget::transport_dbg(tlm::tlm_generic_payload& payload) {
  const unsigned bytes = payload.get_data_length();
  if (memory_ == nullptr || bytes != memory_->pte_bytes() || !payload.is_read()) return 0;
  const std::optional<Pte> pte = memory_->peek(PhysicalAddress(payload.get_address()));
  if (!pte) return 0;
  const std::uint64_t raw = pte->raw();
  std::memcpy(payload.get_data_ptr(), &raw, bytes);
  return bytes;
}

bool CaseMemoryTarget::access(tlm::tlm_generic_payload& payload) {
  const PhysicalAddress address(payload.get_address());
  std::uint64_t raw = 0;
  if (payload.is_write()) {
    std::memcpy(&raw, payload.get_data_ptr(), payload.get_data_length());
    return memory_->write_after_read(address, Pte(raw));
  }
  const std::optional<Pte> pte = memory_->read(address);
  if (!pte) return false;
  raw = pte->raw();
  std::memcpy(payload.get_data_ptr(), &raw, payload.get_data_length());
  return true;
}

}  // namespace tlmmu::reference
