// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <cstring>
#include <deque>
#include <map>

#include "models/kernel/host_kernel.h"

namespace tlmmu {

constexpr PhysicalAddress kBenchMemory{0x8000'0000};
constexpr PhysicalAddress kBenchDisk{0x1000'1000};

/// Bytes at any address; 5 ns an access, 1 ns a cache operation; writes down what comes.
class StubMemory : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  struct Seen {
    std::uint64_t address;
    unsigned length;
    bool write;
    CacheOperation operation;
    Origin origin;
  };
  MemoryTargetSocket in{"in"};
  std::map<std::uint64_t, std::array<unsigned char, 4096>> frames;
  std::vector<Seen> seen;
  explicit StubMemory(const sc_core::sc_module_name& name) : sc_module(name) { in.bind(*this); }

  unsigned char* at(std::uint64_t address) {
    return frames[address >> 12U].data() + (address & 0xfffU);
  }
  std::uint64_t word(std::uint64_t address) {
    std::uint64_t value = 0;
    std::memcpy(&value, at(address), sizeof value);
    return value;
  }
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    const auto& extension = *payload.get_extension<MemoryExtension>();
    seen.push_back({payload.get_address(), payload.get_data_length(), payload.is_write(),
                    extension.operation, extension.origin});
    const bool access = extension.operation == CacheOperation::access;
    delay += sc_core::sc_time(access ? 5 : 1, sc_core::SC_NS);
    if (access && moves_data(payload)) {
      unsigned char* here = at(payload.get_address());
      unsigned char* data = payload.get_data_ptr();
      if (payload.is_write()) std::copy_n(data, payload.get_data_length(), here);
      if (payload.is_read()) std::copy_n(here, payload.get_data_length(), data);
    }
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

/// A disk behind its registers: each command takes `latency`, all at once.
class StubDisk : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  MemoryTargetSocket in{"in"};
  sc_core::sc_out<bool> interrupt_out{"interrupt_out"};
  std::uint32_t depth = 4;
  std::uint32_t most_occupied = 0;
  sc_core::sc_time latency{10, sc_core::SC_US};
  std::map<std::uint64_t, std::array<unsigned char, 4096>> blocks;
  std::map<std::uint64_t, disk::Outcome> outcomes;  // of commands on these blocks, if not ok

  StubDisk(const sc_core::sc_module_name& name, StubMemory& memory)
      : sc_module(name), memory_(memory) {
    in.bind(*this);
    SC_HAS_PROCESS(StubDisk);
    SC_METHOD(work);
    sensitive << wake_;
    dont_initialize();
  }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    delay += sc_core::sc_time(20, sc_core::SC_NS);
    const Bytes offset = PhysicalAddress(payload.get_address()) - kBenchDisk;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    unsigned char* data = payload.get_data_ptr();
    if (offset == disk::kSubmissionOffset && payload.is_write()) {
      disk::Submission command;
      std::memcpy(&command, data, sizeof command);
      running_.push_back({sc_core::sc_time_stamp() + delay + latency, command});
      most_occupied = std::max(most_occupied, occupied());
      wake_.notify(running_.front().first - sc_core::sc_time_stamp());
    } else if (offset == disk::kCompletionOffset && payload.is_read()) {
      const disk::Completion completion = take();
      std::memcpy(data, &completion, sizeof completion);
    } else if (offset == disk::kStatusOffset && payload.is_read()) {
      disk::Status status;
      status.depth = depth;
      std::memcpy(data, &status, sizeof status);
    } else {
      payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    }
  }

 private:
  std::uint32_t occupied() const {
    return static_cast<std::uint32_t>(running_.size() + finished_.size());
  }
  disk::Completion take() {
    disk::Completion completion;
    if (finished_.empty()) return completion;
    completion = finished_.front();
    finished_.pop_front();
    wake_.notify(sc_core::SC_ZERO_TIME);
    return completion;
  }
  void work() {
    while (!running_.empty() && running_.front().first <= sc_core::sc_time_stamp()) {
      finish(running_.front().second);
      running_.pop_front();
    }
    interrupt_out.write(!finished_.empty());
    if (!running_.empty()) wake_.notify(running_.front().first - sc_core::sc_time_stamp());
  }
  void finish(const disk::Submission& command) {
    const auto outcome =
        outcomes.count(command.block) ? outcomes[command.block] : disk::Outcome::ok;
    unsigned char* frame = memory_.at(command.bus_address);
    auto& block = blocks[command.block];
    if (outcome == disk::Outcome::ok && command.operation == disk::Operation::read) {
      std::copy(block.begin(), block.end(), frame);
    } else if (outcome == disk::Outcome::ok) {
      std::copy_n(frame, block.size(), block.begin());
    }
    disk::Completion completion;
    completion.tag = command.tag;
    completion.outcome = outcome;
    finished_.push_back(completion);
  }

  StubMemory& memory_;
  sc_core::sc_event wake_;
  std::deque<std::pair<sc_core::sc_time, disk::Submission>> running_;
  std::deque<disk::Completion> finished_;
};

/// Counts fences.
class StubTlb : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  TranslationTargetSocket in{"in"};
  std::vector<Fence> fences;
  explicit StubTlb(const sc_core::sc_module_name& name) : sc_module(name) { in.bind(*this); }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    const auto& extension = *payload.get_extension<TranslationExtension>();
    EXPECT_EQ(extension.command, TranslationCommand::fence);
    fences.push_back(extension.fence);
    delay += sc_core::sc_time(1, sc_core::SC_NS);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

}  // namespace tlmmu
