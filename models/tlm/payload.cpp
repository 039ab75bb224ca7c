// SPDX-License-Identifier: Apache-2.0
#include "models/tlm/payload.h"

namespace tlmmu {

unsigned char kNoByteEnables[1] = {TLM_BYTE_DISABLED};

MemoryTransaction::MemoryTransaction(Origin origin) : extension_(origin) {
  payload_.set_extension(&extension_);
}

MemoryTransaction::~MemoryTransaction() {
  payload_.clear_extension(&extension_);
}

tlm::tlm_generic_payload& MemoryTransaction::with_data(tlm::tlm_command command,
                                                       PhysicalAddress address, unsigned char* data,
                                                       unsigned length) {
  without_data(command, address, length);
  payload_.set_data_ptr(data);
  payload_.set_byte_enable_ptr(nullptr);
  payload_.set_byte_enable_length(0);
  return payload_;
}

tlm::tlm_generic_payload& MemoryTransaction::without_data(tlm::tlm_command command,
                                                          PhysicalAddress address,
                                                          unsigned length) {
  payload_.set_command(command);
  payload_.set_address(address.value());
  payload_.set_data_length(length);
  payload_.set_streaming_width(length);
  payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  payload_.set_dmi_allowed(false);
  move_no_data(payload_);
  return payload_;
}

}  // namespace tlmmu
