// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "models/events/sink.h"
#include "models/tlb/tlb_array.h"
#include "models/tlb/tlb_stats.h"
#include "models/tlm/sockets.h"
#include "models/tlm/translation_extension.h"

namespace tlmmu {

/// One TLB level, loosely timed. A request that hits is answered here, with today's permissions;
/// one that misses goes on below as the same payload, and its answer is kept, unless a fence came
/// meanwhile. Each lookup costs the hit latency; what the levels below add comes on top. Fences and
/// evict commands cost nothing here.
///
/// With separate caching of the two stages a virtual machine's request becomes two, of the VS stage
/// and of the G stage.
class Tlb : public sc_core::sc_module, public LooselyTimedTarget, public TranslationInitiator {
 public:
  TranslationTargetSocket translation_in;      ///< from the CPU or upper levels, any number
  TranslationInitiatorSocket translation_out;  ///< to the next level or the walker

  /// `clock` is the CPU's; `seed` matters to random replacement only.
  Tlb(const sc_core::sc_module_name& name, const TlbConfig& config, ClockPeriod clock,
      std::uint64_t seed, events::Emitter emit = {});

  ~Tlb() override;

  const TlbStats& stats() const { return stats_; }
  const TlbArray& array() const { return array_; }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  /// Removes the entry here and, as it may be held there too, above.
  void back_invalidate(const Translation& evicted, SpaceTag tag) override;
  /// From now on victims go below with `evict`.
  void request_victims() override { victims_wanted_ = true; }

 private:
  void end_of_elaboration() override;
  void translate(tlm::tlm_generic_payload& payload, TranslationExtension& request,
                 sc_core::sc_time& delay);
  void translate_in_two_steps(tlm::tlm_generic_payload& payload, TranslationExtension& request,
                              sc_core::sc_time& delay);
  void obey(tlm::tlm_generic_payload& payload, const TranslationExtension* request,
            sc_core::sc_time& delay);
  void judge(const TlbEntry& entry, tlm::tlm_generic_payload& payload,
             TranslationExtension& request, sc_core::sc_time& delay);
  void answer(const TlbEntry& entry, tlm::tlm_generic_payload& payload,
              TranslationExtension& request, const sc_core::sc_time& delay);
  void move_up(const TlbEntry& entry);
  void pass_on(tlm::tlm_generic_payload& payload, TranslationExtension& request,
               sc_core::sc_time& delay);
  void keep(const TlbEntry& entry, sc_core::sc_time& delay);
  void insert(const TlbEntry& entry, sc_core::sc_time& delay);
  void fence(tlm::tlm_generic_payload& payload, const Fence& fence, sc_core::sc_time& delay);
  void withdraw_above(const TlbEntry& entry);
  void hand_down(const TlbEntry& victim, sc_core::sc_time& delay);
  void report(const tlm::tlm_generic_payload& payload, const TranslationExtension& request,
              events::Lookup outcome, const sc_core::sc_time& delay) const;

  TlbArray array_;
  Inclusion inclusion_;
  TwoStageCaching two_stage_caching_;
  bool victims_wanted_ = false;
  sc_core::sc_time latency_;
  events::Emitter emit_;
  TlbStats stats_;
  tlm::tlm_generic_payload evict_payload_;  // reused for every victim
  TranslationExtension evict_request_;
};

}  // namespace tlmmu
