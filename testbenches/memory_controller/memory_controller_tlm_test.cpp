// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/memory_controller.h"

#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/tlm/payload.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using testing::expect_laws_hold;

constexpr Picoseconds kCycle(833);
constexpr Picoseconds kClosedRead = kCycle * (17 + 17 + 4);  // DDR4-2400: tRCD + tCL + burst

MemoryControllerConfig without_latency() {
  MemoryControllerConfig config;
  config.frontend_latency = Picoseconds(0);
  return config;
}

MemoryConfig sized(Bytes size) {
  MemoryConfig memory;
  memory.size = size;
  return memory;
}

/// One initiator in front of a memory of 16 MiB.
class MemoryBench : public sc_core::sc_module, private MemoryInitiator {
 public:
  explicit MemoryBench(const sc_core::sc_module_name& name,
                       const MemoryControllerConfig& config = without_latency(),
                       events::Emitter emit = {})
      : sc_module(name), memory("memory", sized(mebibytes(16)), config, DramConfig(), emit) {
    out.bind(*this);
    out.bind(memory.bus_in);
  }
  void start() { sc_core::sc_start(sc_core::SC_ZERO_TIME); }

  /// The time that the access adds to `delay`.
  Picoseconds send(tlm::tlm_generic_payload& payload) {
    if (!sc_core::sc_start_of_simulation_invoked()) start();
    const sc_core::sc_time before = delay;
    out->b_transport(payload, delay);
    return to_picoseconds(delay - before);
  }
  Picoseconds read(std::uint64_t address, unsigned length) {
    return send(transaction.without_data(tlm::TLM_READ_COMMAND, PhysicalAddress(address), length));
  }
  Picoseconds write(std::uint64_t address, unsigned length) {
    return send(transaction.without_data(tlm::TLM_WRITE_COMMAND, PhysicalAddress(address), length));
  }
  template <std::size_t N>
  tlm::tlm_generic_payload& data(tlm::tlm_command command, std::uint64_t address,
                                 std::array<unsigned char, N>& bytes) {
    return transaction.with_data(command, PhysicalAddress(address), bytes.data(), N);
  }

  tlm::tlm_initiator_socket<64> out{"out"};
  MemoryController memory;
  MemoryTransaction transaction{Origin::data};
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
};

TEST(MemoryController, reads_what_was_written) {
  MemoryBench bench("bench");
  std::array<unsigned char, 5> written{1, 2, 3, 4, 5};
  bench.send(bench.data(tlm::TLM_WRITE_COMMAND, 4093, written));
  std::array<unsigned char, 7> read{};
  bench.send(bench.data(tlm::TLM_READ_COMMAND, 4092, read));
  EXPECT_THAT(read, ::testing::ElementsAre(0, 1, 2, 3, 4, 5, 0));
  EXPECT_EQ(bench.transaction.payload().get_response_status(), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(bench.memory.stats().pages, 2U);
}

TEST(MemoryController, adds_the_time_of_the_dram_to_the_delay) {
  MemoryBench bench("bench");
  EXPECT_EQ(bench.read(0, 64), kClosedRead);
  EXPECT_EQ(bench.read(0, 64), kCycle * (17 + 4));
  EXPECT_EQ(to_picoseconds(bench.delay), kClosedRead + kCycle * (17 + 4));
  EXPECT_EQ(sc_core::sc_time_stamp(), sc_core::SC_ZERO_TIME);
}

TEST(MemoryController, the_frontend_latency_is_paid_by_each_access) {
  MemoryControllerConfig config;
  config.frontend_latency = kCycle * 20;
  MemoryBench bench("bench", config);
  EXPECT_EQ(bench.read(0, 64), kClosedRead + kCycle * 20);
  EXPECT_EQ(bench.write(0, 64), kCycle * 20);
}

TEST(MemoryController, an_access_without_data_takes_time_and_touches_nothing) {
  MemoryBench bench("bench");
  EXPECT_EQ(bench.read(0, 64), kClosedRead);
  bench.write(4096, 64);
  EXPECT_EQ(bench.memory.stats().of(Origin::data).writes, 1U);
  EXPECT_EQ(bench.memory.stats().pages, 0U);
}

TEST(MemoryController, debug_transport_moves_bytes_without_time) {
  MemoryBench bench("bench");
  bench.start();
  std::array<unsigned char, 4> bytes{9, 8, 7, 6};
  EXPECT_EQ(bench.out->transport_dbg(bench.data(tlm::TLM_WRITE_COMMAND, 100, bytes)), 4U);
  std::array<unsigned char, 4> read{};
  EXPECT_EQ(bench.out->transport_dbg(bench.data(tlm::TLM_READ_COMMAND, 100, read)), 4U);
  EXPECT_EQ(read, bytes);
  EXPECT_EQ(bench.memory.stats().accesses, 0U);
  EXPECT_EQ(
      bench.out->transport_dbg(bench.data(tlm::TLM_READ_COMMAND, mebibytes(16).value() - 2, read)),
      0U);
}

TEST(MemoryController, answers_an_address_beyond_its_end_with_an_address_error) {
  MemoryBench bench("bench");
  for (const std::uint64_t address :
       {mebibytes(16).value(), mebibytes(16).value() - 63, ~std::uint64_t{0} - 7}) {
    EXPECT_EQ(bench.read(address, 64), Picoseconds(0));
    EXPECT_EQ(bench.transaction.payload().get_response_status(), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
  EXPECT_EQ(bench.memory.stats().accesses, 0U);
}

TEST(MemoryController, answers_an_access_without_length_with_a_burst_error) {
  MemoryBench bench("bench");
  bench.read(0, 0);
  EXPECT_EQ(bench.transaction.payload().get_response_status(), tlm::TLM_BURST_ERROR_RESPONSE);
}

TEST(MemoryController, honors_byte_enables) {
  MemoryBench bench("bench");
  std::array<unsigned char, 4> bytes{1, 2, 3, 4};
  std::array<unsigned char, 2> enables{TLM_BYTE_ENABLED, TLM_BYTE_DISABLED};
  auto& payload = bench.data(tlm::TLM_WRITE_COMMAND, 0, bytes);
  payload.set_byte_enable_ptr(enables.data());
  payload.set_byte_enable_length(2);
  bench.send(payload);
  std::array<unsigned char, 4> read{};
  bench.send(bench.data(tlm::TLM_READ_COMMAND, 0, read));
  EXPECT_THAT(read, ::testing::ElementsAre(1, 0, 3, 0));
}

TEST(MemoryController, cache_operations_cost_nothing_here) {
  MemoryBench bench("bench");
  bench.transaction.extension().operation = CacheOperation::flush;
  EXPECT_EQ(bench.write(0, 64), Picoseconds(0));
  EXPECT_EQ(bench.transaction.payload().get_response_status(), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(bench.memory.stats().accesses, 0U);
}

TEST(MemoryController, a_payload_without_an_extension_is_an_error) {
  MemoryBench bench("bench");
  tlm::tlm_generic_payload payload;
  EXPECT_THROW(bench.send(payload), sc_core::sc_report);
}

TEST(MemoryController, counts_by_origin) {
  MemoryBench bench("bench");
  bench.transaction.extension().origin = Origin::walk;
  const Picoseconds walk = bench.read(0, 8);
  bench.transaction.extension().origin = Origin::dma;
  bench.transaction.extension().completion = Completion::posted;
  const Picoseconds dma = bench.write(4096, 512);
  bench.memory.catch_up();
  const MemoryControllerStats& stats = bench.memory.stats();
  EXPECT_EQ(stats.of(Origin::walk).reads, 1U);
  EXPECT_EQ(stats.of(Origin::walk).time, walk);
  EXPECT_EQ(stats.of(Origin::dma).bytes_written, Bytes(512));
  EXPECT_EQ(stats.of(Origin::dma).posted_time, dma);
  EXPECT_EQ(stats.bursts, 9U);
  expect_laws_hold(stats);
  expect_laws_hold(bench.memory.dram_stats());
}

TEST(MemoryController, does_not_fit_into_too_small_a_dram) {
  EXPECT_THROW(MemoryController("memory", sized(gibibytes(16)), {}, DramConfig(), {}), InputError);
}

/// Checks that the times of a unit's events never run backwards.
class OrderedCommands : public events::Sink {
 public:
  using events::Sink::on;
  void on(const events::Stamp& stamp, const events::DramCommand& command) override {
    EXPECT_GE(stamp.at, last);
    last = stamp.at;
    ++count[static_cast<unsigned>(command.command)];
  }
  Picoseconds last;
  std::array<std::uint64_t, 5> count{};
};

TEST(MemoryController, emits_its_commands_in_order_of_time) {
  OrderedCommands sink;
  MemoryControllerConfig config = without_latency();
  config.row_policy = RowPolicy::closed;
  MemoryBench bench("bench", config, events::Emitter(&sink, events::UnitId{}));
  for (std::uint64_t i = 0; i < 200; ++i) {
    bench.read((i * 8192 * 7) % mebibytes(16).value(), 64);
    bench.write((i * 4096 * 3) % mebibytes(16).value(), 256);
    if (i % 8 == 0) {
      sc_core::sc_start(bench.delay);
      bench.delay = sc_core::SC_ZERO_TIME;
    }
    if (i % 50 == 0) sc_core::sc_start(100, sc_core::SC_US);
  }
  sc_core::sc_start(1, sc_core::SC_MS);
  sc_core::sc_stop();
  const ChannelStats total = bench.memory.dram_stats().total();
  using Name = events::DramCommandName;
  const auto count = [&sink](Name name) { return sink.count[static_cast<unsigned>(name)]; };
  EXPECT_EQ(count(Name::activate), total.activates);
  EXPECT_EQ(count(Name::precharge), total.precharges());
  EXPECT_EQ(count(Name::read), total.reads);
  EXPECT_EQ(count(Name::write), total.writes);
  EXPECT_EQ(count(Name::refresh), total.refreshes);
  EXPECT_GT(total.refreshes, 100U);
}

}  // namespace
}  // namespace tlmmu
