// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "models/base/quantity.h"
#include "models/events/sink.h"
#include "models/ptw/g_stage_caches.h"
#include "models/ptw/pte_port.h"
#include "models/ptw/ptw_config.h"
#include "models/ptw/ptw_stats.h"
#include "models/ptw/two_stage_walk.h"
#include "models/ptw/walk.h"
#include "models/ptw/walk_cache.h"
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
/// A virtual machine's request goes through both stages; what the walker remembers of the G stage
/// shortens it. Every PTE access is checked by the hart's PMP, if it has one, as a supervisor's.
///
/// What a walk read before a fence arrived is not kept.
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

  /// From now on `pmp`, which outlives the walker, checks PTE accesses.
  void protect(const Pmp& pmp) { ptes_.protect(pmp); }
  /// From now on walks follow `rules`, whatever the configuration said.
  void follow(const WalkRules& rules) { rules_ = rules; }
  const PtwStats& stats() const { return stats_; }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;

 protected:
  /// One request under way.
  struct Job {
    const WalkRequest& request;
    TranslationReply& reply;
    sc_core::sc_time& delay;
    std::uint64_t fences_before;
    bool first_stage_read = false;  ///< whether a PTE of the first stage was
  };

  /// Walks a request of one stage.
  virtual void walk_single_stage(Job& job);
  /// A fence has arrived.
  virtual void fence_elsewhere(const Fence& /*fence*/) {}

  /// Reads the PTE that a walk wants: takes its time, counts it, and tells of it. Empty where
  /// memory or PMP refuses.
  std::optional<Pte> fetch_pte(const PteRead& read, unsigned bytes, Stages stage, Job& job);
  /// The same for an update: what memory held, which was replaced if that is what was expected.
  std::optional<Pte> swap_pte(const PteUpdate& update, unsigned bytes, Stages stage, Job& job);
  void take_walk_cache_time(Job& job);
  void answer(const WalkStep& end, Stages stage, Job& job);
  /// Whether PMP lets the walker do `type` to the PTE at `address`.
  bool permits(PhysicalAddress address, unsigned bytes, AccessType type) const {
    return ptes_.permits({address, bytes, Pte()}, type);
  }
  const WalkRules& rules() const { return rules_; }

  PtwStats stats_;

 private:
  void translate(const WalkRequest& request, TranslationReply& reply, sc_core::sc_time& delay);
  template <class AnyWalk>
  void run(AnyWalk walk, Job& job);
  template <class AnyWalk>
  void begin_below_root(AnyWalk& walk, Job& job);
  void begin_g_stage(TwoStageWalk& walk, Job& job);
  template <class AnyWalk>
  void read_pte(AnyWalk& walk, Job& job);
  template <class AnyWalk>
  void update_pte(AnyWalk& walk, Job& job);
  template <class AnyWalk>
  void learn(const AnyWalk& walk, Stages stage, std::optional<unsigned> level, Job& job);

  WalkRules rules_;
  const ClockPeriod clock_;
  const events::Emitter emit_;
  WalkCache walk_cache_;
  GStageCaches g_stage_;
  PtePort ptes_;
};

}  // namespace tlmmu
