// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ptw/walk.h"

namespace tlmmu {

/// A walk through the two stages of the hypervisor extension ("Two-Stage Address Translation"), as
/// a value like Walk, and made of Walks: the VS stage's, whose PTE addresses are guest-physical,
/// and for each of them and for its result one of the G stage's.
///
/// request.stages says which stages there are; it is not Stages::single. With Stages::g the
/// request's address is guest-physical and request.space means nothing; with Stages::vs the result
/// is guest-physical, while the accesses to the VS stage's PTEs go through the G stage where
/// request.guest has one.
class TwoStageWalk {
 public:
  TwoStageWalk(const WalkRequest& request, const WalkRules& rules);

  /// What it wants next, or how it ended. Addresses of accesses are supervisor-physical.
  const WalkStep& step() const { return step_; }
  bool ended() const {
    return std::holds_alternative<Translation>(step_) || std::holds_alternative<WalkFault>(step_);
  }

  /// The stage whose page table the current access reads or updates: Stages::vs or Stages::g.
  Stages stage() const { return part_ == Part::vs_access ? Stages::vs : Stages::g; }
  /// Bytes of the PTEs of both stages.
  unsigned pte_bytes() const { return pte_bytes_; }

  /// The table of `stage` that its next PTE is read from, or was read from last; guest-physical in
  /// the VS stage.
  const TablePointer& table(Stages stage) const {
    return stage == Stages::vs ? vs_.table() : g_.table();
  }

  /// Takes up the VS stage at `table` instead of the root. Only before the first supply(); does
  /// nothing if the walk has ended already.
  void start_at(const TablePointer& table);

  /// What the current G stage translates, as a request of a walk of its own: its address is
  /// guest-physical, and its type is that of the access to it (a VS-stage PTE's is a load, or a
  /// store for A and D).
  const WalkRequest& g_stage_request() const { return g_request_; }
  /// Whether that has just begun: no PTE has been asked for, and a cache may answer it.
  bool g_stage_begins() const { return g_stage_ == GStage::begun && !ended(); }
  /// Answers it with a cached translation, which permits the access and needs no update.
  void supply_g_stage(const Translation& translation);
  /// Leaves it to the page table, from the root on.
  void start_g_stage_at_root() { g_stage_ = GStage::under_way; }
  /// Takes it up at `table` instead of the root.
  void start_g_stage_at(const TablePointer& table);
  /// What the latest G stage's walk ended with; null while it is under way, and after a fault.
  const Translation* g_stage_translation() const { return std::get_if<Translation>(&g_.step()); }

  /// As Walk's.
  void supply(Pte pte);
  void supply_error();

 private:
  /// What the current G stage, or the current access, is for.
  enum class Part : std::uint8_t { vs_translation, vs_access, result };

  AccessContext g_stage_context() const;
  void after_vs_step();
  void after_g_step();
  void begin_g_stage(Part part, PhysicalAddress guest, AccessType type);
  void end_g_stage(const Translation& translation);
  void finish(const Translation& g_stage);
  void end_with_g_stage_fault(const WalkFault& fault);

  WalkStep step_;
  WalkRequest request_;
  WalkRequest g_request_;
  WalkRules rules_;
  unsigned pte_bytes_;
  Part part_ = Part::vs_access;
  enum class GStage : std::uint8_t { begun, under_way } g_stage_ = GStage::under_way;
  Walk vs_;
  Walk g_;
};

}  // namespace tlmmu
