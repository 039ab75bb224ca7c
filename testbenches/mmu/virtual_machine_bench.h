// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <functional>

#include "models/events/unit_registry.h"
#include "models/mmu/mmu.h"
#include "models/tlm/payload.h"
#include "testbenches/support/two_stage_tables.h"

namespace tlmmu::testing {

/// An MMU whose hart runs a virtual machine: plays the CPU above it and the memory below it, which
/// is the page tables of both stages.
class VirtualMachineBench : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  TranslationInitiatorSocket fetch_out{"fetch_out"};
  TranslationInitiatorSocket load_store_out{"load_store_out"};
  MemoryTargetSocket memory_in{"memory_in"};
  events::UnitRegistry units{nullptr};
  Mmu mmu;
  TwoStageTables tables;
  /// What the next requests are asked with, beside address and type.
  TranslationExtension request;
  /// Run ahead of each PTE access, and when memory has answered it.
  std::function<void(PhysicalAddress)> before_access;
  std::function<void(PhysicalAddress)> after_access;
  unsigned pte_accesses = 0;

  VirtualMachineBench(const sc_core::sc_module_name& name, const MmuConfig& config,
                      PagingModeName mode = PagingModeName::sv39)
      : sc_module(name),
        mmu("mmu", config, ClockPeriod::from_hertz(1'000'000'000), 1, units),
        tables(mode) {
    fetch_out.bind(fetch_back_);
    load_store_out.bind(load_store_back_);
    memory_in.bind(*this);
    fetch_out.bind(mmu.fetch_in());
    load_store_out.bind(mmu.load_store_in());
    mmu.pte_out().bind(memory_in);
    payload_.set_extension(&request);
    request.space = tables.vs().space(Asid(1));
    request.guest = tables.guest(Vmid(1));
    request.stages = Stages::both;
  }
  ~VirtualMachineBench() override { payload_.clear_extension(&request); }

  /// Asks for a translation; what is new is in request.reply.
  const TranslationReply& translate(VirtualAddress address, AccessType type = AccessType::load) {
    request.command = TranslationCommand::translate;
    request.type = type;
    payload_.set_address(address.value());
    send(type == AccessType::fetch ? fetch_out : load_store_out);
    return request.reply;
  }
  /// PTE accesses that the same costs.
  unsigned accesses_of(VirtualAddress address, AccessType type = AccessType::load) {
    const unsigned before = pte_accesses;
    translate(address, type);
    return pte_accesses - before;
  }
  void fence(const Fence& what) {
    TranslationExtension fence;
    fence.command = TranslationCommand::fence;
    fence.fence = what;
    tlm::tlm_generic_payload payload;
    payload.set_extension(&fence);
    sc_core::sc_time delay;
    fetch_out->b_transport(payload, delay);
    load_store_out->b_transport(payload, delay);
    payload.clear_extension(&fence);
  }

  void b_transport(tlm::tlm_generic_payload& access, sc_core::sc_time& delay) override {
    const PhysicalAddress address(access.get_address());
    ++pte_accesses;
    if (before_access) before_access(address);
    delay += sc_core::sc_time(10, sc_core::SC_NS);
    std::uint64_t word = 0;
    bool found = false;
    if (access.is_write()) {
      std::memcpy(&word, access.get_data_ptr(), access.get_data_length());
      found = tables.write(address, Pte(word));
    } else if (const auto pte = tables.read(address)) {
      word = pte->raw();
      std::memcpy(access.get_data_ptr(), &word, access.get_data_length());
      found = true;
    }
    access.set_response_status(found ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
    if (after_access) after_access(address);
  }

 private:
  void send(TranslationInitiatorSocket& socket) {
    if (!sc_core::sc_start_of_simulation_invoked()) sc_core::sc_start(sc_core::SC_ZERO_TIME);
    payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    sc_core::sc_time delay;
    socket->b_transport(payload_, delay);
  }

  ForgetfulTranslationInitiator fetch_back_;
  ForgetfulTranslationInitiator load_store_back_;
  tlm::tlm_generic_payload payload_;
};

}  // namespace tlmmu::testing
