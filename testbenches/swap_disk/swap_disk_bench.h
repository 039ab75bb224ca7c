// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "models/swap_disk/swap_disk.h"
#include "testbenches/support/laws.h"

namespace tlmmu::swap_disk_test {

/// 1 MiB of memory at 0x8000'0000; a transaction takes 500 ns.
struct Memory : sc_core::sc_module, LooselyTimedTarget {
  static constexpr std::uint64_t kBase = 0x8000'0000;
  MemoryTargetSocket in{"in"};
  std::vector<unsigned char> bytes = std::vector<unsigned char>(mebibytes(1).value());
  std::vector<Picoseconds> times;

  explicit Memory(const sc_core::sc_module_name& name) : sc_module(name) { in.bind(*this); }
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    times.push_back(local_time(delay));
    const auto* extension = payload.get_extension<MemoryExtension>();
    EXPECT_NE(extension, nullptr);
    EXPECT_EQ(extension->origin, Origin::dma);
    const std::uint64_t offset = payload.get_address() - kBase;
    const unsigned length = payload.get_data_length();
    if (offset > bytes.size() - length) {
      payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
      return;
    }
    unsigned char* place = bytes.data() + offset;
    if (payload.is_read()) {
      std::memcpy(payload.get_data_ptr(), place, length);
    } else {
      std::memcpy(place, payload.get_data_ptr(), length);
    }
    delay += to_sc_time(nanoseconds(500));
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

/// The driver's side of the registers.
struct Driver : sc_core::sc_module, MemoryInitiator {
  MemoryInitiatorSocket out{"out"};
  MemoryTransaction transaction{Origin::kernel};

  explicit Driver(const sc_core::sc_module_name& name) : sc_module(name) { out.bind(*this); }

  template <class Register>
  tlm::tlm_response_status access(tlm::tlm_command command, Bytes offset, Register& content,
                                  Picoseconds ahead = {}) {
    auto& payload = transaction.with_data(command, PhysicalAddress(offset.value()),
                                          reinterpret_cast<unsigned char*>(&content),
                                          static_cast<unsigned>(sizeof content));
    sc_core::sc_time delay = to_sc_time(ahead);
    out->b_transport(payload, delay);
    EXPECT_EQ(to_picoseconds(delay), ahead);
    return payload.get_response_status();
  }
  void submit(disk::Operation operation, std::uint32_t tag, std::uint64_t block,
              std::uint64_t address, std::uint64_t count = 1, Picoseconds ahead = {}) {
    disk::Submission submission{operation, tag, block, address, count};
    EXPECT_EQ(access(tlm::TLM_WRITE_COMMAND, disk::kSubmissionOffset, submission, ahead),
              tlm::TLM_OK_RESPONSE);
  }
  disk::Completion complete() {
    disk::Completion completion;
    EXPECT_EQ(access(tlm::TLM_READ_COMMAND, disk::kCompletionOffset, completion),
              tlm::TLM_OK_RESPONSE);
    return completion;
  }
  disk::Status status() {
    disk::Status status;
    EXPECT_EQ(access(tlm::TLM_READ_COMMAND, disk::kStatusOffset, status), tlm::TLM_OK_RESPONSE);
    return status;
  }
};

/// An SSD of round numbers: 10 us overhead, 50 us read, 200 us program, 4 us page transfer, link
/// 1 us a block; depth 4.
inline SwapDiskConfig small_ssd() {
  SwapDiskConfig config;
  config.capacity = mebibytes(16);
  config.queue_depth = 4;
  config.command_overhead = microseconds(10);
  config.link_bandwidth = 4096;
  config.link_overhead = Picoseconds(0);
  config.ssd = {8, microseconds(50), microseconds(200), 1024};
  return config;
}

struct Bench {
  SwapDisk disk;
  Memory memory{"memory"};
  Driver driver{"driver"};
  sc_core::sc_signal<bool> interrupt{"interrupt"};

  explicit Bench(const SwapDiskConfig& settings = small_ssd()) : disk("disk", settings, {}) {
    driver.out.bind(disk.registers_in);
    disk.dma_out.bind(memory.in);
    disk.interrupt_out.bind(interrupt);
    run(Picoseconds(0));
  }
  void run(Picoseconds time) { sc_core::sc_start(to_sc_time(time)); }
  void expect_laws() { testing::expect_laws_hold(disk.stats()); }
};

}  // namespace tlmmu::swap_disk_test
