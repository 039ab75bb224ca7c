// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "models/cache/cache.h"

namespace tlmmu::cache_test {

constexpr ClockPeriod kClock = ClockPeriod::from_hertz(1'000'000'000);

/// Ends a chain in place of memory: remembers what came, keeps bytes for transport_dbg, and refuses
/// addresses from `end` on.
class StubMemory : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  static constexpr Picoseconds kTime{100'000};
  struct Seen {
    tlm::tlm_command command;
    std::uint64_t address;
    unsigned length;
    Origin origin;
    CacheOperation operation;
    Completion completion;
    bool moves_data;
    friend bool operator==(const Seen& a, const Seen& b) {
      return a.command == b.command && a.address == b.address && a.length == b.length &&
             a.origin == b.origin && a.operation == b.operation && a.completion == b.completion &&
             a.moves_data == b.moves_data;
    }
  };

  MemoryTargetSocket bus_in{"bus_in"};
  std::vector<Seen> seen;
  std::map<std::uint64_t, unsigned char> bytes;
  std::uint64_t end = std::uint64_t{1} << 40U;

  explicit StubMemory(const sc_core::sc_module_name& name) : sc_module(name) { bus_in.bind(*this); }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    const auto& by = *payload.get_extension<MemoryExtension>();
    seen.push_back({payload.get_command(), payload.get_address(), payload.get_data_length(),
                    by.origin, by.operation, by.completion, moves_data(payload)});
    if (by.operation == CacheOperation::access) delay += to_sc_time(kTime);
    payload.set_response_status(payload.get_address() < end ? tlm::TLM_OK_RESPONSE
                                                            : tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override {
    if (payload.get_address() >= end) return 0;
    for (unsigned i = 0; i < payload.get_data_length(); ++i) {
      unsigned char& byte = bytes[payload.get_address() + i];
      unsigned char& theirs = payload.get_data_ptr()[i];
      if (payload.is_write()) {
        byte = theirs;
      } else {
        theirs = byte;
      }
    }
    return payload.get_data_length();
  }
};

/// Asks in place of the CPU.
class Requester : public sc_core::sc_module, public MemoryInitiator {
 public:
  struct Answer {
    Picoseconds time;
    tlm::tlm_response_status status;
  };

  MemoryInitiatorSocket bus_out{"bus_out"};
  MemoryTransaction transaction{Origin::data};

  explicit Requester(const sc_core::sc_module_name& name) : sc_module(name) { bus_out.bind(*this); }

  Answer read(std::uint64_t address, unsigned length = 8) {
    return send(transaction.without_data(tlm::TLM_READ_COMMAND, PhysicalAddress(address), length));
  }
  Answer write(std::uint64_t address, unsigned length = 8) {
    return send(transaction.without_data(tlm::TLM_WRITE_COMMAND, PhysicalAddress(address), length));
  }
  Answer operate(CacheOperation operation, std::uint64_t address, unsigned length) {
    transaction.extension().operation = operation;
    const Answer answer = read(address, length);
    transaction.extension().operation = CacheOperation::access;
    return answer;
  }
  Answer send(tlm::tlm_generic_payload& payload) {
    sc_core::sc_time delay;
    bus_out->b_transport(payload, delay);
    return {to_picoseconds(delay), payload.get_response_status()};
  }
};

/// 4 lines of 64 bytes in one set, 2 cycles, write-back.
inline CacheConfig four_lines(WritePolicy policy = WritePolicy::write_back) {
  CacheConfig config;
  config.size = Bytes(256);
  config.ways = 4;
  config.hit_latency = Cycles(2);
  config.write_policy = policy;
  return config;
}

}  // namespace tlmmu::cache_test
