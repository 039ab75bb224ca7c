// SPDX-License-Identifier: Apache-2.0
// The comments H.n name the rules of the hypervisor extension's "Two-Stage Address Translation";
// docs/ptw.md lists the test of each.
#include "models/ptw/two_stage_walk.h"

#include "models/arch/hgatp.h"

namespace tlmmu {

namespace {

/// Asks nothing: a Walk of it has ended at once.
constexpr WalkRequest kNoRequest{{}, AccessType::load, {}, {PagingModeName::bare, Ppn(0), Asid(0)}};

/// The G stage's result while hgatp is bare.
Translation no_g_stage(VirtualAddress guest) {
  return {guest.page(), Ppn(guest.page().value()), PageSize::k4KiB, kEveryFlag};
}

}  // namespace

TwoStageWalk::TwoStageWalk(const WalkRequest& request, const WalkRules& rules)
    : request_(request),
      g_request_(kNoRequest),
      rules_(rules),
      pte_bytes_(paging_mode(request.stages == Stages::g ? request.guest.mode : request.space.mode)
                     .pte_bytes),
      vs_(request.stages == Stages::g ? kNoRequest : request, rules),
      g_(kNoRequest, rules) {
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

void TwoStageWalk::begin_g_stage(Part part, PhysicalAddress guest, AccessType type) {
  part_ = part;
  g_request_ = {VirtualAddress(guest.value()),
                type,
                g_stage_context(),
                {request_.guest.mode, request_.guest.root, Asid(0)},
                Stages::g,
                request_.guest};
  if (request_.guest.mode == PagingModeName::bare)
    return end_g_stage(no_g_stage(g_request_.address));
  g_ = Walk(g_request_, rules_);
  g_stage_ = GStage::begun;
  after_g_step();
}

/// H.4: to the G stage every access is one of user code. MXR concerns explicit accesses only.
AccessContext TwoStageWalk::g_stage_context() const {
  AccessContext context;
  if (part_ == Part::result) context.mxr = request_.context.g_stage_mxr;
  return context;
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
  if (part_ == Part::result) return finish(translation);
  part_ = Part::vs_access;
  const PhysicalAddress at = translation.apply(g_request_.address);
  if (const auto* read = std::get_if<PteRead>(&vs_.step())) {
    step_ = PteRead{at, read->level};
  } else {
    const auto& update = std::get<PteUpdate>(vs_.step());
    step_ = PteUpdate{at, update.expected, update.desired};
  }
}

/// H.5: both stages together map what the smaller of their pages maps.
void TwoStageWalk::finish(const Translation& g_stage) {
  if (request_.stages != Stages::g) {
    step_ = compose(request_.address, std::get<Translation>(vs_.step()), g_stage);
    return;
  }
  Translation only = g_stage;
  only.flags = kEveryFlag;  // there was no VS stage to forbid anything
  only.g_stage_flags = g_stage.flags;
  step_ = only;
}

/// H.6: what the G stage refuses is a guest-page fault of the original access's type.
void TwoStageWalk::end_with_g_stage_fault(const WalkFault& fault) {
  WalkFault ended = fault;
  const bool refused = fault.cause == access_fault(g_request_.type);
  ended.cause = refused ? access_fault(request_.type) : guest_page_fault(request_.type);
  if (!refused) {
    ended.guest_address = GuestPhysicalAddress(g_request_.address.value());
    if (part_ != Part::result) {
      ended.implicit = std::holds_alternative<PteRead>(vs_.step()) ? ImplicitAccess::pte_read
                                                                   : ImplicitAccess::pte_update;
    }
  }
  step_ = ended;
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
