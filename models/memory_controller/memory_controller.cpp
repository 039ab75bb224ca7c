// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/memory_controller.h"

#include <fmt/format.h>

#include "models/base/error.h"
#include "models/tlm/payload.h"

namespace tlmmu {

namespace {

const DramConfig& checked(const MemoryConfig& memory, const MemoryControllerConfig& config,
                          const DramConfig& dram) {
  if (const auto problem = find_memory_problem(memory, config, dram)) {
    throw InputError(fmt::format("{}: {}", problem->key, problem->message));
  }
  return dram;
}

BurstKind kind_of(const tlm::tlm_generic_payload& payload) {
  return payload.is_read() ? BurstKind::read : BurstKind::write;
}

}  // namespace

MemoryController::MemoryController(const sc_core::sc_module_name& name, const MemoryConfig& memory,
                                   const MemoryControllerConfig& config, const DramConfig& dram,
                                   events::Emitter emit)
    : sc_module(name),
      bus_in("bus_in"),
      store_(memory.size),
      reporter_(emit, dram.timing.tCK),
      scheduler_(config, checked(memory, config, dram), stats_, reporter_.log()) {
  bus_in.bind(*this);
}

void MemoryController::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  const auto* extension = payload.get_extension<MemoryExtension>();
  if (extension == nullptr) {
    SC_REPORT_ERROR("/tlmmu/memory_controller", "a payload without a MemoryExtension");
    return payload.set_response_status(tlm::TLM_GENERIC_ERROR_RESPONSE);
  }
  const tlm::tlm_response_status status = check(payload);
  payload.set_response_status(status);
  // Contents are here and nowhere else: there is nothing to clean or invalidate.
  if (status != tlm::TLM_OK_RESPONSE || extension->operation != CacheOperation::access) return;
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return;
  if (reporter_.log() != nullptr) report_past();
  const Picoseconds wait =
      scheduler_.serve({extension->origin, extension->completion, kind_of(payload),
                        payload.get_address(), payload.get_data_length(), local_time(delay)});
  delay += to_sc_time(wait);
  move_bytes(payload);
}

tlm::tlm_response_status MemoryController::check(const tlm::tlm_generic_payload& payload) const {
  const unsigned length = payload.get_data_length();
  if (length == 0 || payload.get_streaming_width() < length) return tlm::TLM_BURST_ERROR_RESPONSE;
  if (!store_.contains(payload.get_address(), length)) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  return tlm::TLM_OK_RESPONSE;
}

void MemoryController::move_bytes(const tlm::tlm_generic_payload& payload) {
  if (payload.get_byte_enable_ptr() == kNoByteEnables) return;
  if (payload.get_byte_enable_ptr() != nullptr) return move_enabled_bytes(payload);
  move(payload.get_command(), payload.get_address(), payload.get_data_ptr(),
       payload.get_data_length());
}

void MemoryController::move_enabled_bytes(const tlm::tlm_generic_payload& payload) {
  const unsigned char* enables = payload.get_byte_enable_ptr();
  for (unsigned i = 0; i < payload.get_data_length(); ++i) {
    if (enables[i % payload.get_byte_enable_length()] == TLM_BYTE_DISABLED) continue;
    move(payload.get_command(), payload.get_address() + i, payload.get_data_ptr() + i, 1);
  }
}

void MemoryController::move(tlm::tlm_command command, std::uint64_t offset, unsigned char* data,
                            unsigned length) {
  if (command == tlm::TLM_READ_COMMAND) {
    store_.read(offset, data, length);
  } else {
    store_.write(offset, data, length);
    stats_.pages = store_.pages();
  }
}

unsigned MemoryController::transport_dbg(tlm::tlm_generic_payload& payload) {
  const bool moves =
      payload.get_command() != tlm::TLM_IGNORE_COMMAND && payload.get_data_ptr() != nullptr;
  if (!moves || !store_.contains(payload.get_address(), payload.get_data_length())) return 0;
  move_bytes(payload);
  return payload.get_data_length();
}

void MemoryController::catch_up() {
  const Picoseconds now = to_picoseconds(sc_core::sc_time_stamp());
  scheduler_.catch_up(now);
  reporter_.emit_until(now);
}

void MemoryController::report_past() {
  const Picoseconds now = to_picoseconds(sc_core::sc_time_stamp());
  if (now == reported_) return;
  reported_ = now;
  catch_up();
}

void MemoryController::end_of_simulation() {
  catch_up();
  reporter_.emit_all();
}

}  // namespace tlmmu
