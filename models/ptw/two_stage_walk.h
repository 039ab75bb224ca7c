// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

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

  /// The table of stage() that the next PTE is read from, or was read from last; guest-physical
  /// in the VS stage.
  const TablePointer& table() const { return walk().table(); }

  /// Takes up the VS stage at `table` instead of the root. Only before the first supply(); does
  /// nothing if the walk has ended already.
  void start_at(const TablePointer& table);

  /// A guest-physical address whose G stage has just begun: no PTE has been asked for yet.
  struct GStageRequest {
    GuestPhysicalAddress address;
    AccessType type;        ///< of the access to `address`: a VS-stage PTE's is a load or a store
    AccessContext context;  ///< that of the G stage, where every access counts as a user's
  };
  /// Empty unless a G stage has just begun.
  std::optional<GStageRequest> g_stage_request() const;
  /// Answers g_stage_request(): a cached translation, which permits the access and needs no update.
  void supply_g_stage(const Translation& translation);
  /// Answers g_stage_request(): the G stage begins at `table` instead of the root.
  void start_g_stage_at(const TablePointer& table);
  /// The translation with which the latest G stage ended, and its guest-physical address.
  const Translation& g_stage_translation() const { return g_translation_; }

  /// As Walk's.
  void supply(Pte pte);
  void supply_error();

 private:
  /// What the current G stage, or the current access, is for.
  enum class Part : std::uint8_t { vs_translation, vs_access, result };

  Walk& walk() { return part_ == Part::vs_access ? vs_ : g_; }
  AccessContext g_stage_context() const;
  const Walk& walk() const { return part_ == Part::vs_access ? vs_ : g_; }
  void after_vs_step();
  void after_g_step();
  void begin_g_stage(Part part, PhysicalAddress address, AccessType type);
  void end_g_stage(const Translation& translation);
  void finish(const Translation& g_stage);
  void end_with_g_stage_fault(const WalkFault& fault);

  WalkStep step_;
  WalkRequest request_;
  WalkRules rules_;
  unsigned pte_bytes_;
  Part part_ = Part::result;
  enum class GStage : std::uint8_t { begun, under_way } g_stage_ = GStage::under_way;
  AccessType g_type_;  ///< of the access that the G stage translates
  GuestPhysicalAddress g_address_;
  Translation g_translation_;
  Walk vs_;
  Walk g_;
};

}  // namespace tlmmu
