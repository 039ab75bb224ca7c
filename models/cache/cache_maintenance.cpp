// SPDX-License-Identifier: Apache-2.0
#include "models/cache/cache.h"

namespace tlmmu {

/// Every line that the range touches, as the operations of Zicbom: whole lines, also at its ends.
/// Then the operation goes below. Whoever asked waits for all of it, so that a device that is
/// started afterwards finds memory up to date.
void Cache::maintain(tlm::tlm_generic_payload& payload, CacheOperation operation,
                     const Request& request) {
  ++stats_.maintenance_operations;
  const PhysicalAddress first(payload.get_address());
  const PhysicalAddress last = first + Bytes(payload.get_data_length() - 1);
  const LineNumber end(array_.line_of(last).value() + 1);
  for (LineNumber line = array_.line_of(first); line < end; line = LineNumber(line.value() + 1)) {
    ++stats_.maintenance_lines;
    charge(request);
    if (operation != CacheOperation::invalidate) {
      const Status status = clean(line, request);
      if (status != tlm::TLM_OK_RESPONSE) return payload.set_response_status(status);
    }
    if (operation != CacheOperation::clean) invalidate(line);
  }
  bus_out->b_transport(payload, request.delay);
}

Cache::Status Cache::clean(LineNumber line, const Request& request) {
  LineState* const state = array_.peek(line);
  if (state == nullptr || *state == LineState::clean) return tlm::TLM_OK_RESPONSE;
  *state = LineState::clean;
  ++stats_.cleaned;
  --stats_.dirty_held;
  return write_back(line, request);
}

void Cache::invalidate(LineNumber line) {
  const auto state = array_.remove(line);
  if (!state) return;
  ++stats_.invalidated;
  stats_.held = array_.size();
  if (*state == LineState::clean) return;
  ++stats_.discarded;
  --stats_.dirty_held;
}

}  // namespace tlmmu
