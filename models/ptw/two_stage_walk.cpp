// SPDX-License-Identifier: Apache-2.0
// The comments H.n name the rules of the hypervisor extension's "Two-Stage Address Translation";
// docs/ptw.md lists the test of each.
#include "models/ptw/two_stage_walk.h"

#include "models/arch/hgatp.h"

namespace tlmmu {

namespace {

/// What a Walk is asked on the G stage's behalf.
WalkRequest g_stage_walk(GuestPhysicalAddress address, AccessType type, AccessContext context,
                         const GuestSpace& guest) {
  return {VirtualAddress(address.value()), type, context, {guest.mode, guest.root, Asid(0)}};
}

/// The VS stage's result where only the G stage is asked for: everything is allowed and stays where
/// it is. As large as can be, so that the G stage decides about the size.
Translation no_vs_stage() {
  return {Vpn(0), Ppn(0), PageSize::k256TiB, kEveryFlag};
}

/// The G stage's result while hgatp is bare.
Translation no_g_stage(GuestPhysicalAddress address) {
  return {align_down(Vpn(address.page().value()), PageSize::k4KiB), Ppn(address.page().value()),
          PageSize::k4KiB, kEveryFlag};
}

}  // namespace

TwoStageWalk::TwoStageWalk(const WalkRequest& request, const WalkRules& rules)
    : request_(request),
      rules_(rules),
      pte_bytes_(paging_mode(request.stages == Stages::g ? request.guest.mode : request.space.mode)
                     .pte_bytes),
      g_type_(request.type),
      vs_(request, rules),
      g_({{}, request.type, {}, {PagingModeName::bare, Ppn(0), Asid(0)}}, rules) {
  if (request.stages == Stages::g) {
    begin_g_stage(Part::result, PhysicalAddress(request.address.value()), request.type);
  } else {
    after_vs_step();
  }
}

void TwoStageWalk::start_at(const TablePointer& table) {
  if (ended()) return;
  vs_.start_at(table);
  after_vs_step();
}

/// The VS stage has said what it wants next, or how it ended.
void TwoStageWalk::after_vs_step() {
  if (const auto* read = std::get_if<PteRead>(&vs_.step())) {
    // H.2: the VS stage's PTEs are at guest-physical addresses; reading one is a load.
    begin_g_stage(Part::vs_translation, read->address, AccessType::load);
  } else if (const auto* update = std::get_if<PteUpdate>(&vs_.step())) {
    // H.2: setting A or D in one is a store, which the G stage must permit as such.
    begin_g_stage(Part::vs_translation, update->address, AccessType::store);
  } else if (const auto* translation = std::get_if<Translation>(&vs_.step())) {
    if (request_.stages == Stages::vs) {
      step_ = *translation;
      return;
    }
    // H.3: the result is a guest-physical address, and the access to it has the original type.
    begin_g_stage(Part::result, translation->apply(request_.address), request_.type);
  } else {
    step_ = vs_.step();
  }
}

void TwoStageWalk::begin_g_stage(Part part, PhysicalAddress address, AccessType type) {
  part_ = part;
  g_type_ = type;
  g_address_ = GuestPhysicalAddress(address.value());
  if (request_.guest.mode == PagingModeName::bare) return end_g_stage(no_g_stage(g_address_));
  g_ = Walk(g_stage_walk(g_address_, type, g_stage_context(), request_.guest), rules_);
  g_stage_ = GStage::begun;
  after_g_step();
}

/// The G stage has said what it wants next, or how it ended.
void TwoStageWalk::after_g_step() {
  if (const auto* translation = std::get_if<Translation>(&g_.step())) {
    end_g_stage(*translation);
  } else if (const auto* fault = std::get_if<WalkFault>(&g_.step())) {
    end_with_g_stage_fault(*fault);
  } else {
    step_ = g_.step();
  }
}

void TwoStageWalk::end_g_stage(const Translation& translation) {
  g_translation_ = translation;
  if (part_ == Part::result) return finish(translation);
  part_ = Part::vs_access;
  const PhysicalAddress at = translation.apply(VirtualAddress(g_address_.value()));
  if (const auto* read = std::get_if<PteRead>(&vs_.step())) {
    step_ = PteRead{at, read->level};
  } else {
    const auto& update = std::get<PteUpdate>(vs_.step());
    step_ = PteUpdate{at, update.expected, update.desired};
  }
}

/// H.5: both stages together map what the smaller of their pages maps.
void TwoStageWalk::finish(const Translation& g_stage) {
  const auto* vs_stage = std::get_if<Translation>(&vs_.step());
  const bool g_only = request_.stages == Stages::g;
  const Translation first = g_only ? no_vs_stage() : *vs_stage;
  Translation both = first;
  both.size = std::min(first.size, g_stage.size);
  both.vpn = align_down(request_.address.page(), both.size);
  const auto page = Vpn(g_stage.apply(VirtualAddress(g_address_.value())).page().value());
  both.ppn = Ppn(align_down(page, both.size).value());
  both.g_stage_flags = g_stage.flags;
  both.first_stage_size = g_only ? both.size : first.size;
  // Svpbmt: the VS stage's memory type overrides the G stage's.
  if (first.memory_type == MemoryType::pma) both.memory_type = g_stage.memory_type;
  step_ = both;
}

/// H.6: what the G stage refuses is a guest-page fault of the original access's type.
void TwoStageWalk::end_with_g_stage_fault(const WalkFault& fault) {
  WalkFault ended = fault;
  const bool refused = fault.cause == access_fault(g_type_);
  ended.cause = refused ? access_fault(request_.type) : guest_page_fault(request_.type);
  if (!refused) {
    ended.guest_address = g_address_;
    if (part_ != Part::result) {
      ended.implicit = std::holds_alternative<PteRead>(vs_.step()) ? ImplicitAccess::pte_read
                                                                   : ImplicitAccess::pte_update;
    }
  }
  step_ = ended;
}

std::optional<TwoStageWalk::GStageRequest> TwoStageWalk::g_stage_request() const {
  if (g_stage_ != GStage::begun || part_ == Part::vs_access || ended()) return std::nullopt;
  return GStageRequest{g_address_, g_type_, g_stage_context()};
}

/// H.4: to the G stage every access is one of user code. MXR concerns explicit accesses only.
AccessContext TwoStageWalk::g_stage_context() const {
  AccessContext context;
  if (part_ == Part::result) context.mxr = request_.context.g_stage_mxr;
  return context;
}

void TwoStageWalk::supply_g_stage(const Translation& translation) {
  g_stage_ = GStage::under_way;
  end_g_stage(translation);
}

void TwoStageWalk::start_g_stage_at(const TablePointer& table) {
  g_stage_ = GStage::under_way;
  g_.start_at(table);
  after_g_step();
}

void TwoStageWalk::supply(Pte pte) {
  if (ended()) return;
  if (part_ == Part::vs_access) {
    vs_.supply(pte);
    return after_vs_step();
  }
  g_stage_ = GStage::under_way;
  g_.supply(pte);
  after_g_step();
}

void TwoStageWalk::supply_error() {
  if (ended()) return;
  if (part_ == Part::vs_access) {
    vs_.supply_error();
    step_ = vs_.step();
    return;
  }
  g_.supply_error();
  after_g_step();
}

}  // namespace tlmmu
