// SPDX-License-Identifier: Apache-2.0
#include "models/bus/router.h"

#include "models/tlm/payload.h"

namespace tlmmu {

namespace {

Bytes length_of(const tlm::tlm_generic_payload& payload) {
  return Bytes(payload.get_data_length());
}

}  // namespace

Router::Router(const sc_core::sc_module_name& name, const BusConfig& config, ClockPeriod clock,
               std::vector<RouterRange> ranges)
    : sc_module(name),
      bus_in("bus_in"),
      map_(std::move(ranges)),
      outs_("outs"),
      latency_(to_sc_time(clock.of(config.latency))) {
  bus_in.bind(*this);
  stats_.latency = clock.of(config.latency);
  outs_.init(map_.ranges().size(), [this](const char*, std::size_t index) {
    return new MemoryInitiatorSocket((map_.ranges()[index].name + "_out").c_str());
  });
  for (std::size_t i = 0; i < outs_.size(); ++i) {
    outs_[i].bind(*this);
    stats_.targets.emplace_back();
    stats_.targets.back().name = map_.ranges()[i].name;
  }
}

MemoryInitiatorSocket& Router::out(std::string_view range) {
  for (std::size_t i = 0; i < outs_.size(); ++i) {
    if (map_.ranges()[i].name == range) return outs_[i];
  }
  SC_REPORT_FATAL("/tlmmu/router", "no target of that name");
  return outs_[0];
}

void Router::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  const auto* extension = payload.get_extension<MemoryExtension>();
  if (extension == nullptr) {
    payload.set_response_status(tlm::TLM_GENERIC_ERROR_RESPONSE);
    SC_REPORT_ERROR("/tlmmu/router", "a memory payload without a MemoryExtension");
    return;
  }
  const PhysicalAddress address(payload.get_address());
  const Bytes length = length_of(payload);
  BusOriginStats& origin = stats_.of(extension->origin);
  ++origin.transactions;
  origin.bytes += length.value();
  (extension->completion == Completion::awaited ? origin.time : origin.posted_time) +=
      stats_.latency;
  delay += latency_;

  const auto index = map_.find(address, length);
  if (!index) {
    ++stats_.decode_errors;
    stats_.decode_error_bytes += length.value();
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  BusTargetStats& target = stats_.targets[*index];
  ++target.transactions;
  target.bytes += length.value();
  payload.set_address((address - map_.ranges()[*index].base).value());
  outs_[*index]->b_transport(payload, delay);
  payload.set_address(address.value());
  if (payload.is_response_error()) ++target.errors;
}

unsigned Router::transport_dbg(tlm::tlm_generic_payload& payload) {
  const PhysicalAddress address(payload.get_address());
  const auto index = map_.find(address, length_of(payload));
  if (!index) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return 0;
  }
  payload.set_address((address - map_.ranges()[*index].base).value());
  const unsigned count = outs_[*index]->transport_dbg(payload);
  payload.set_address(address.value());
  return count;
}

}  // namespace tlmmu
