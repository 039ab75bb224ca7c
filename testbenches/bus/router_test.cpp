// SPDX-License-Identifier: Apache-2.0
#include "models/bus/router.h"

#include <gtest/gtest.h>

#include "models/tlm/payload.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

/// Remembers what reaches it and takes 10 ns.
struct Target : sc_core::sc_module, LooselyTimedTarget {
  MemoryTargetSocket in{"in"};
  std::vector<std::uint64_t> addresses;
  tlm::tlm_response_status answer = tlm::TLM_OK_RESPONSE;

  explicit Target(const sc_core::sc_module_name& name) : sc_module(name) { in.bind(*this); }
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    addresses.push_back(payload.get_address());
    delay += to_sc_time(nanoseconds(10));
    payload.set_response_status(answer);
  }
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override {
    addresses.push_back(payload.get_address());
    return payload.get_data_length();
  }
};

struct Initiator : sc_core::sc_module, MemoryInitiator {
  MemoryInitiatorSocket out{"out"};
  MemoryTransaction transaction;

  Initiator(const sc_core::sc_module_name& name, Origin origin)
      : sc_module(name), transaction(origin) {
    out.bind(*this);
  }
  tlm::tlm_generic_payload& read(std::uint64_t address, unsigned length, sc_core::sc_time& delay) {
    auto& payload =
        transaction.without_data(tlm::TLM_READ_COMMAND, PhysicalAddress(address), length);
    out->b_transport(payload, delay);
    return payload;
  }
};

/// Two initiators, memory at 0x8000'0000, a device at 0x1000'1000; 5 cycles of 1 ns.
struct Bench {
  Router router{"router",
                BusConfig{Cycles(5)},
                ClockPeriod::from_hertz(1'000'000'000),
                {{"memory", PhysicalAddress(0x8000'0000), mebibytes(1)},
                 {"device", PhysicalAddress(0x1000'1000), kibibytes(4)}}};
  Initiator cpu{"cpu", Origin::data};
  Initiator disk{"disk", Origin::dma};
  Target memory{"memory"};
  Target device{"device"};
  sc_core::sc_time delay;

  Bench() {
    cpu.out.bind(router.bus_in);
    disk.out.bind(router.bus_in);
    router.out("memory").bind(memory.in);
    router.out("device").bind(device.in);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  void expect_laws() { testing::expect_laws_hold(router.stats()); }
};

TEST(Router, targets_see_addresses_from_their_own_base_and_initiators_get_theirs_back) {
  Bench bench;
  auto& payload = bench.cpu.read(0x8000'0040, 64, bench.delay);
  EXPECT_EQ(bench.memory.addresses, std::vector<std::uint64_t>{0x40});
  EXPECT_EQ(payload.get_address(), 0x8000'0040U);
  EXPECT_TRUE(payload.is_response_ok());
  bench.cpu.read(0x1000'1ff8, 8, bench.delay);
  EXPECT_EQ(bench.device.addresses, std::vector<std::uint64_t>{0xff8});
}

TEST(Router, its_latency_is_added_to_that_of_the_target) {
  Bench bench;
  bench.cpu.read(0x8000'0000, 8, bench.delay);
  EXPECT_EQ(to_picoseconds(bench.delay), nanoseconds(15));
  bench.cpu.read(0x1000'1000, 8, bench.delay);
  EXPECT_EQ(to_picoseconds(bench.delay), nanoseconds(30));
}

TEST(Router, an_unmapped_address_is_an_address_error_and_reaches_nobody) {
  Bench bench;
  auto& payload = bench.cpu.read(0x4000, 8, bench.delay);
  EXPECT_EQ(payload.get_response_status(), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(payload.get_address(), 0x4000U);
  bench.cpu.read(0x800f'fffc, 8, bench.delay);
  EXPECT_EQ(payload.get_response_status(), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_TRUE(bench.memory.addresses.empty());
  EXPECT_EQ(bench.router.stats().decode_errors, 2U);
  EXPECT_EQ(to_picoseconds(bench.delay), nanoseconds(10));
  bench.expect_laws();
}

TEST(Router, statistics_are_kept_by_origin_and_by_target) {
  Bench bench;
  bench.cpu.read(0x8000'0000, 64, bench.delay);
  bench.disk.read(0x8000'0000, 4096, bench.delay);
  bench.disk.read(0x8000'1000, 4096, bench.delay);
  bench.device.answer = tlm::TLM_BURST_ERROR_RESPONSE;
  bench.cpu.read(0x1000'1000, 4, bench.delay);
  const BusStats& stats = bench.router.stats();
  EXPECT_EQ(stats.of(Origin::data).transactions, 2U);
  EXPECT_EQ(stats.of(Origin::dma).transactions, 2U);
  EXPECT_EQ(stats.of(Origin::dma).bytes, 8192U);
  EXPECT_EQ(stats.of(Origin::dma).time, nanoseconds(10));
  EXPECT_EQ(stats.targets[0].transactions, 3U);
  EXPECT_EQ(stats.targets[1].errors, 1U);
  bench.expect_laws();
}

TEST(Router, the_time_of_posted_transactions_is_kept_apart) {
  Bench bench;
  bench.cpu.transaction.extension().completion = Completion::posted;
  bench.cpu.read(0x8000'0000, 64, bench.delay);
  EXPECT_EQ(to_picoseconds(bench.delay), nanoseconds(15));
  EXPECT_EQ(bench.router.stats().of(Origin::data).time, nanoseconds(0));
  EXPECT_EQ(bench.router.stats().of(Origin::data).posted_time, nanoseconds(5));
  bench.expect_laws();
}

TEST(Router, debug_transport_takes_the_same_way_without_time_or_count) {
  Bench bench;
  auto& payload =
      bench.cpu.transaction.without_data(tlm::TLM_READ_COMMAND, PhysicalAddress(0x8000'0100), 16);
  EXPECT_EQ(bench.cpu.out->transport_dbg(payload), 16U);
  EXPECT_EQ(bench.memory.addresses, std::vector<std::uint64_t>{0x100});
  EXPECT_EQ(payload.get_address(), 0x8000'0100U);
  payload.set_address(0);
  EXPECT_EQ(bench.cpu.out->transport_dbg(payload), 0U);
  EXPECT_EQ(bench.router.stats().of(Origin::data).transactions, 0U);
}

TEST(Router, a_payload_without_its_extension_is_a_reported_error) {
  Bench bench;
  tlm::tlm_generic_payload payload;
  EXPECT_THROW(bench.cpu.out->b_transport(payload, bench.delay), sc_core::sc_report);
}

TEST(Router, nonblocking_transport_is_a_reported_error) {
  Bench bench;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  auto& payload =
      bench.cpu.transaction.without_data(tlm::TLM_READ_COMMAND, PhysicalAddress(0x8000'0000), 8);
  EXPECT_THROW(bench.cpu.out->nb_transport_fw(payload, phase, bench.delay), sc_core::sc_report);
}

}  // namespace
}  // namespace tlmmu
