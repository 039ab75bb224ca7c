// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <functional>
#include <vector>

#include "models/ptw/page_table_walker.h"
#include "testbenches/support/page_table_builder.h"

namespace tlmmu::testing {

/// Plays the TLBs above a `Walker`, a kind of PageTableWalker, and the memory below it. Memory is a
/// page table's words, and takes `read_latency` and `write_latency`; an access outside the tables
/// gets an address error.
template <class Walker>
class WalkerBenchOf : public sc_core::sc_module,
                      public LooselyTimedTarget,
                      public TranslationInitiator {
 public:
  TranslationInitiatorSocket translation_out{"translation_out"};
  MemoryTargetSocket memory_in{"memory_in"};
  Walker walker;
  PageTableBuilder tables;
  Picoseconds read_latency = nanoseconds(10);
  Picoseconds write_latency = nanoseconds(20);
  /// Every access that arrived, in order.
  struct Access {
    tlm::tlm_command command;
    PhysicalAddress address;
  };
  std::vector<Access> accesses;
  /// Runs ahead of each access; false refuses it.
  std::function<bool(const Access&)> before_access;
  /// Sees each payload as it arrives.
  std::function<void(const tlm::tlm_generic_payload&)> on_payload;

  WalkerBenchOf(const sc_core::sc_module_name& name, const PtwConfig& config, PagingModeName mode,
                events::Emitter emit = {})
      : sc_module(name),
        walker("walker", config, ClockPeriod::from_hertz(1'000'000'000), 1, emit),
        tables(mode) {
    translation_out.bind(*this);
    memory_in.bind(*this);
    translation_out.bind(walker.translation_in);
    walker.pte_out.bind(memory_in);
    payload.set_extension(&extension);
  }
  ~WalkerBenchOf() override { payload.clear_extension(&extension); }

  /// Asks for a translation and returns how much modelled time it took.
  Picoseconds translate(VirtualAddress address, AccessType type = AccessType::load,
                        Asid asid = Asid(1)) {
    extension.command = TranslationCommand::translate;
    extension.type = type;
    extension.space = tables.space(asid);
    payload.set_address(address.value());
    return send();
  }
  Picoseconds fence(const Fence& fence) {
    extension.command = TranslationCommand::fence;
    extension.fence = fence;
    return send();
  }
  Picoseconds send() {
    if (!sc_core::sc_start_of_simulation_invoked()) sc_core::sc_start(sc_core::SC_ZERO_TIME);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    sc_core::sc_time delay;
    translation_out->b_transport(payload, delay);
    return to_picoseconds(delay);
  }
  const TranslationReply& reply() const { return extension.reply; }

  void b_transport(tlm::tlm_generic_payload& access, sc_core::sc_time& delay) override {
    const PhysicalAddress address(access.get_address());
    const bool writes = access.is_write();
    if (on_payload) on_payload(access);
    delay += to_sc_time(writes ? write_latency : read_latency);
    accesses.push_back({access.get_command(), address});
    const bool refused = before_access && !before_access(accesses.back());
    std::uint64_t word = 0;
    bool found = false;
    if (writes) {
      std::memcpy(&word, access.get_data_ptr(), access.get_data_length());
      found = !refused && tables.write(address, Pte(word));
    } else if (const auto pte = tables.read(address); pte && !refused) {
      word = pte->raw();
      std::memcpy(access.get_data_ptr(), &word, access.get_data_length());
      found = true;
    }
    access.set_response_status(found ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
  void back_invalidate(const Translation&, SpaceTag) override {}

  tlm::tlm_generic_payload payload;
  TranslationExtension extension;
};

using WalkerBench = WalkerBenchOf<PageTableWalker>;

}  // namespace tlmmu::testing
