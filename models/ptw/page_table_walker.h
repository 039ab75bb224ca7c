// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "models/base/quantity.h"
#include "models/events/sink.h"
#include "models/ptw/ptw_config.h"
#include "models/ptw/ptw_stats.h"
#include "models/ptw/walk.h"
#include "models/ptw/walk_cache.h"
#include "models/tlm/payload.h"
#include "models/tlm/sockets.h"
#include "models/tlm/translation_extension.h"

namespace tlmmu {

/// Ends the translation chain: answers a translation request by walking the page table in memory.
///
/// Loosely timed: a walk runs to its end inside b_transport and adds to `delay` the walk cache's
/// latency (where it has one for the mode), the step latency of each PTE read or update, and what
/// memory takes. A fault found before the first PTE read adds nothing. Faults are answers: the
/// response is TLM_OK_RESPONSE and `reply.fault` is set.
///
/// A PTE update is a read, a comparison and a write through `pte_out`. No initiator runs in between
/// unless memory waits, so it is atomic; if the PTE changed nevertheless, it is read again.
class PageTableWalker : public sc_core::sc_module,
                        public LooselyTimedTarget,
                        public MemoryInitiator {
 public:
  TranslationTargetSocket translation_in;  ///< requests, fences and evictions of the TLBs above
  MemoryInitiatorSocket pte_out;           ///< PTE reads and writes, Origin::walk

  /// `seed` matters to random replacement in the walk cache only.
  PageTableWalker(const sc_core::sc_module_name& name, const PtwConfig& config, ClockPeriod clock,
                  std::uint64_t seed, events::Emitter emit = {});

  const PtwStats& stats() const { return stats_; }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;

 private:
  void translate(const WalkRequest& request, TranslationReply& reply, sc_core::sc_time& delay);
  void begin_below_root(Walk& walk, const WalkRequest& request, sc_core::sc_time& delay);
  void read_pte(Walk& walk, const WalkRequest& request, sc_core::sc_time& delay);
  void update_pte(Walk& walk, sc_core::sc_time& delay);
  void answer(const Walk& walk, const WalkRequest& request, TranslationReply& reply,
              const sc_core::sc_time& delay);
  /// Reads or writes `word`; empty where memory refuses.
  struct PteWord {
    PhysicalAddress address;
    unsigned bytes;
    Pte value;
  };
  std::optional<Pte> access(tlm::tlm_command command, const PteWord& word, sc_core::sc_time& delay);

  const PtwConfig config_;
  const WalkRules rules_;
  const ClockPeriod clock_;
  const events::Emitter emit_;
  WalkCache walk_cache_;
  PtwStats stats_;
  MemoryTransaction transaction_;
};

}  // namespace tlmmu
