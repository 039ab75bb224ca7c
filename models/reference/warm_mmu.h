// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "models/mmu/mmu.h"
#include "models/reference/case_machine.h"
#include "models/reference/case_memory_target.h"
#include "models/reference/translator.h"

namespace tlmmu::reference {

/// The configured machine's TLBs and walk caches, which remember what they learn. Constructed, like
/// every module, before SystemC's elaboration ends; it answers afterwards.
class WarmMmu : public sc_core::sc_module, public Translator {
 public:
  TranslationInitiatorSocket fetch_out;       ///< to the instruction side
  TranslationInitiatorSocket load_store_out;  ///< to the data side

  /// `seed` feeds random replacement. A and D are updated as the case's hart has it, whatever
  /// `config` says.
  WarmMmu(const sc_core::sc_module_name& name, const MmuConfig& config, ClockPeriod clock,
          std::uint64_t seed);
  ~WarmMmu() override;

  /// Forgets everything, and from now on translates for `machine`, which outlives that.
  void serve(CaseMachine& machine);

  TranslationResult translate(const WalkRequest& request) override;
  void fence(const Fence& fence) override;
  void hart_changed() override { mmu_.follow(machine_->hart.rules); }

  const Mmu& mmu() const { return mmu_; }

 private:
  void send(TranslationInitiatorSocket& side, VirtualAddress address);

  events::UnitRegistry units_{nullptr};  ///< nobody listens
  Mmu mmu_;
  CaseMemoryTarget memory_;
  ForgetfulTranslationInitiator fetch_backward_;
  ForgetfulTranslationInitiator load_store_backward_;
  CaseMachine* machine_ = nullptr;
  TranslationExtension request_;
  tlm::tlm_generic_payload payload_;
};

}  // namespace tlmmu::reference
