// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "models/cache/cache_array.h"
#include "models/cache/cache_stats.h"
#include "models/events/sink.h"
#include "models/tlm/payload.h"
#include "models/tlm/sockets.h"

namespace tlmmu {

/// One cache level, loosely timed, of tags without contents. An access is done line by line; each
/// line looked up costs the hit latency, and a miss what the levels below add. Lines are fetched
/// and written back without data, on behalf of whoever caused it; data goes past the cache by
/// transport_dbg.
class Cache : public sc_core::sc_module, public LooselyTimedTarget, public MemoryInitiator {
 public:
  MemoryTargetSocket bus_in;      ///< from the CPU, the walker or upper levels, any number
  MemoryInitiatorSocket bus_out;  ///< to the next level or the router

  /// `clock` is the CPU's; `seed` matters to random replacement only.
  Cache(const sc_core::sc_module_name& name, const CacheConfig& config, ClockPeriod clock,
        std::uint64_t seed, events::Emitter emit = {});

  const CacheStats& stats() const { return stats_; }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;

 private:
  /// The part of an access that lies in one line.
  struct Piece {
    LineNumber line;
    PhysicalAddress address;
    unsigned length;
  };
  /// Who asks, for what, and when.
  struct Request {
    tlm::tlm_command command;
    Origin origin;
    Completion completion;
    sc_core::sc_time& delay;
  };
  using Status = tlm::tlm_response_status;

  void finish(tlm::tlm_generic_payload& payload, Status status);
  Status access_lines(const tlm::tlm_generic_payload& payload, const Request& request);
  Status access_line(const Piece& piece, const Request& request);
  Status write_hit(LineState& state, const Piece& piece, const Request& request);
  Status miss(const Piece& piece, const Request& request);
  Status pass_write(const Piece& piece, const Request& request);
  Status move_data(tlm::tlm_generic_payload& payload);
  void fill(LineNumber line, LineState state, const Request& request);

  void maintain(tlm::tlm_generic_payload& payload, CacheOperation operation,
                const Request& request);
  Status clean(LineNumber line, const Request& request);
  void invalidate(LineNumber line);

  Piece whole(LineNumber line) const;
  Status write_back(LineNumber line, const Request& request);
  Status send_below(tlm::tlm_command command, const Piece& piece, const Request& request);
  void charge(const Request& request) {
    const bool awaited = request.completion == Completion::awaited;
    (awaited ? stats_.of(request.origin).own_time : stats_.posted_time) += stats_.latency;
    request.delay += latency_;
  }
  void report(const Piece& piece, const Request& request, events::Lookup outcome) const;

  CacheArray array_;
  Bytes line_bytes_;
  WritePolicy write_policy_;
  sc_core::sc_time latency_;
  events::Emitter emit_;
  CacheStats stats_;
  MemoryTransaction below_{Origin::data};  // reused for fetches, write-backs and writes through
};

}  // namespace tlmmu
