// SPDX-License-Identifier: Apache-2.0
#include "models/cache/cache.h"

#include <algorithm>

namespace tlmmu {

Cache::Cache(const sc_core::sc_module_name& name, const CacheConfig& config, ClockPeriod clock,
             std::uint64_t seed, events::Emitter emit)
    : sc_module(name),
      bus_in("bus_in"),
      bus_out("bus_out"),
      array_(config, seed),
      line_bytes_(config.line),
      write_policy_(config.write_policy),
      latency_(to_sc_time(clock.of(config.hit_latency))),
      emit_(emit) {
  stats_.latency = clock.of(config.hit_latency);
  bus_in.bind(*this);
  bus_out.bind(*this);
}

inline void Cache::finish(tlm::tlm_generic_payload& payload, Status status) {
  if (status == tlm::TLM_OK_RESPONSE && moves_data(payload)) status = move_data(payload);
  payload.set_response_status(status);
}

void Cache::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  const auto* const extension = payload.get_extension<MemoryExtension>();
  if (extension == nullptr) {
    SC_REPORT_ERROR("/tlmmu/cache", "a memory payload without a MemoryExtension");
    return;
  }
  const Request request{payload.get_command(), extension->origin, extension->completion, delay};
  const PhysicalAddress address(payload.get_address());
  const unsigned length = payload.get_data_length();
  const LineNumber line = array_.line_of(address);
  if (extension->operation == CacheOperation::access && length != 0 &&
      array_.line_of(address + Bytes(length - 1)) == line) {
    return finish(payload, access_line({line, address, length}, request));
  }
  if (length == 0) return payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
  if (address + Bytes(length - 1) < address) {
    return payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
  if (extension->operation != CacheOperation::access) {
    return maintain(payload, extension->operation, request);
  }
  finish(payload, access_lines(payload, request));
}

unsigned Cache::transport_dbg(tlm::tlm_generic_payload& payload) {
  return bus_out->transport_dbg(payload);
}

/// Line by line; stops at the first that fails.
Cache::Status Cache::access_lines(const tlm::tlm_generic_payload& payload, const Request& request) {
  PhysicalAddress address(payload.get_address());
  Bytes left(payload.get_data_length());
  for (;;) {
    const LineNumber line = array_.line_of(address);
    const Bytes rest_of_line = line_bytes_ - (address - array_.address_of(line));
    const Bytes length = std::min(left, rest_of_line);
    const Status status =
        access_line({line, address, static_cast<unsigned>(length.value())}, request);
    left -= length;
    if (status != tlm::TLM_OK_RESPONSE || left == Bytes(0)) return status;
    address = address + length;
  }
}

inline Cache::Status Cache::access_line(const Piece& piece, const Request& request) {
  CacheOriginStats& counts = stats_.of(request.origin);
  ++counts.accesses;
  charge(request);
  LineState* const state = array_.lookup(piece.line);
  if (emit_.attached()) {
    report(piece, request, state != nullptr ? events::Lookup::hit : events::Lookup::miss);
  }
  if (state == nullptr) {
    ++counts.misses;
    return miss(piece, request);
  }
  ++counts.hits;
  if (request.command != tlm::TLM_WRITE_COMMAND) return tlm::TLM_OK_RESPONSE;
  return write_hit(*state, piece, request);
}

Cache::Status Cache::write_hit(LineState& state, const Piece& piece, const Request& request) {
  if (write_policy_ == WritePolicy::write_through) {
    ++stats_.writes_through;
    return pass_write(piece, request);
  }
  if (state == LineState::clean) {
    state = LineState::dirty;
    ++stats_.dirtied;
    ++stats_.dirty_held;
  }
  return tlm::TLM_OK_RESPONSE;
}

Cache::Status Cache::miss(const Piece& piece, const Request& request) {
  const bool write = request.command == tlm::TLM_WRITE_COMMAND;
  if (write && write_policy_ == WritePolicy::write_through) {
    ++stats_.writes_around;
    return pass_write(piece, request);
  }
  if (write && piece.length == line_bytes_.value()) {
    ++stats_.whole_line_writes;
  } else {
    const Status status = send_below(tlm::TLM_READ_COMMAND, whole(piece.line), request);
    if (status != tlm::TLM_OK_RESPONSE) {
      ++stats_.fetch_errors;
      return status;
    }
    ++stats_.line_fetches;
  }
  fill(piece.line, write ? LineState::dirty : LineState::clean, request);
  return tlm::TLM_OK_RESPONSE;
}

Cache::Status Cache::pass_write(const Piece& piece, const Request& request) {
  stats_.write_through_bytes += piece.length;
  return send_below(tlm::TLM_WRITE_COMMAND, piece, request);
}

/// Takes `line` in. A dirty victim goes below after it, and nobody waits for that.
void Cache::fill(LineNumber line, LineState state, const Request& request) {
  const auto victim = array_.fill(line, state);
  ++stats_.fills;
  stats_.held = array_.size();
  if (state == LineState::dirty) {
    ++stats_.dirtied;
    ++stats_.dirty_held;
  }
  if (!victim) return;
  ++stats_.evictions;
  if (victim->state == LineState::clean) return;
  ++stats_.writebacks;
  --stats_.dirty_held;
  sc_core::sc_time time_behind = request.delay;
  write_back(victim->number, {request.command, request.origin, Completion::posted, time_behind});
}

Cache::Status Cache::write_back(LineNumber line, const Request& request) {
  const Status status = send_below(tlm::TLM_WRITE_COMMAND, whole(line), request);
  if (status != tlm::TLM_OK_RESPONSE) ++stats_.failed_writebacks;
  return status;
}

Cache::Piece Cache::whole(LineNumber line) const {
  return {line, array_.address_of(line), static_cast<unsigned>(line_bytes_.value())};
}

/// A transaction of the cache's own, for `request`'s origin. It moves no data.
Cache::Status Cache::send_below(tlm::tlm_command command, const Piece& piece,
                                const Request& request) {
  tlm::tlm_generic_payload& payload = below_.without_data(command, piece.address, piece.length);
  below_.extension().origin = request.origin;
  below_.extension().completion = request.completion;
  bus_out->b_transport(payload, request.delay);
  return payload.get_response_status();
}

/// The bytes take no time of their own: they pass the caches to where memory keeps them.
Cache::Status Cache::move_data(tlm::tlm_generic_payload& payload) {
  const unsigned moved = bus_out->transport_dbg(payload);
  return moved == payload.get_data_length() ? tlm::TLM_OK_RESPONSE
                                            : tlm::TLM_ADDRESS_ERROR_RESPONSE;
}

void Cache::report(const Piece& piece, const Request& request, events::Lookup outcome) const {
  const AccessType data =
      request.command == tlm::TLM_WRITE_COMMAND ? AccessType::store : AccessType::load;
  const AccessType type = request.origin == Origin::fetch ? AccessType::fetch : data;
  emit_(local_time(request.delay), events::CacheLookup{piece.address, type, outcome});
}

}  // namespace tlmmu
