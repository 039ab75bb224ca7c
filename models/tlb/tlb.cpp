// SPDX-License-Identifier: Apache-2.0
#include "models/tlb/tlb.h"

#include "models/tlb/verdict.h"
#include "models/tlm/payload.h"

namespace tlmmu {

Tlb::Tlb(const sc_core::sc_module_name& name, const TlbConfig& config, ClockPeriod clock,
         std::uint64_t seed, events::Emitter emit)
    : sc_module(name),
      translation_in("translation_in"),
      translation_out("translation_out"),
      array_(config, seed),
      inclusion_(config.inclusion),
      two_stage_caching_(config.two_stage_caching),
      latency_(to_sc_time(clock.of(config.hit_latency))),
      emit_(emit) {
  stats_.latency = clock.of(config.hit_latency);
  translation_in.bind(*this);
  translation_out.bind(*this);
  evict_payload_.set_extension(&evict_request_);
  evict_request_.command = TranslationCommand::evict;
}

Tlb::~Tlb() {
  evict_payload_.clear_extension(&evict_request_);
}

void Tlb::end_of_elaboration() {
  if (inclusion_ != Inclusion::exclusive) return;
  for (int above = 0; above < translation_in.size(); ++above) {
    translation_in[above]->request_victims();
  }
}

void Tlb::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  auto* const request = payload.get_extension<TranslationExtension>();
  if (request == nullptr || request->command != TranslationCommand::translate) {
    return obey(payload, request, delay);
  }
  if (__builtin_expect(request->stages == Stages::both, 0) &&
      two_stage_caching_ == TwoStageCaching::separate) {
    return translate_in_two_steps(payload, *request, delay);
  }
  translate(payload, *request, delay);
}

inline void Tlb::translate(tlm::tlm_generic_payload& payload, TranslationExtension& request,
                           sc_core::sc_time& delay) {
  ++stats_.accesses;
  stats_.own_time += stats_.latency;
  delay += latency_;
  const VirtualAddress address(payload.get_address());
  const TlbEntry* const entry = array_.lookup(address, request.tag());
  if (entry == nullptr) {
    ++stats_.misses;
    return pass_on(payload, request, delay);
  }
  const Translation& found = entry->translation;
  const PteFlags flags(static_cast<std::uint8_t>(found.flags.raw() & found.g_stage_flags.raw()));
  if (!surely_allowed(flags, request.type, request.context)) {
    return judge(*entry, payload, request, delay);
  }
  answer(*entry, payload, request, delay);
}

/// Asks for the VS stage, then for the G stage of what it led to, as two requests.
void Tlb::translate_in_two_steps(tlm::tlm_generic_payload& payload, TranslationExtension& request,
                                 sc_core::sc_time& delay) {
  const VirtualAddress address(payload.get_address());
  request.stages = Stages::vs;
  translate(payload, request, delay);
  if (payload.is_response_ok() && !request.reply.fault) {
    const Translation first = request.reply.translation;
    request.stages = Stages::g;
    payload.set_address(first.apply(address).value());
    ++stats_.g_stage_lookups;
    translate(payload, request, delay);
    request.reply.translation = compose(address, first, request.reply.translation);
    payload.set_address(address.value());
  }
  request.stages = Stages::both;
}

/// The commands beside `translate`.
void Tlb::obey(tlm::tlm_generic_payload& payload, const TranslationExtension* request,
               sc_core::sc_time& delay) {
  if (request == nullptr) {
    SC_REPORT_ERROR("/tlmmu/tlb", "a payload without a TranslationExtension");
  } else if (request->command == TranslationCommand::fence) {
    fence(payload, request->fence, delay);
  } else {
    ++stats_.victims_taken;
    keep({request->reply.translation, request->tag()}, delay);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
}

/// A matching entry whose flags need a closer look.
void Tlb::judge(const TlbEntry& entry, tlm::tlm_generic_payload& payload,
                TranslationExtension& request, sc_core::sc_time& delay) {
  switch (verdict(entry.translation, request.stages, request.type, request.context)) {
    case Verdict::allowed:
      return answer(entry, payload, request, delay);
    case Verdict::update_needed:
    case Verdict::g_stage_forbids:
      ++stats_.dirty_rewalks;
      return pass_on(payload, request, delay);
    case Verdict::forbidden:
      break;
  }
  ++stats_.hits;
  ++stats_.permission_faults;
  request.reply.fault = page_fault(request.type);
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
  if (emit_.attached()) report(payload, request, events::Lookup::hit, delay);
}

inline void Tlb::answer(const TlbEntry& entry, tlm::tlm_generic_payload& payload,
                        TranslationExtension& request, const sc_core::sc_time& delay) {
  ++stats_.hits;
  request.reply.fault.reset();
  request.reply.physical = entry.translation.apply(VirtualAddress(payload.get_address()));
  request.reply.translation = entry.translation;
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
  if (inclusion_ == Inclusion::exclusive) move_up(TlbEntry(entry));
  if (emit_.attached()) report(payload, request, events::Lookup::hit, delay);
}

/// The level above has `entry` now, so an exclusive level gives it up.
void Tlb::move_up(const TlbEntry& entry) {
  stats_.moved_up += array_.remove(entry) ? 1 : 0;
  stats_.held = array_.size();
}

void Tlb::pass_on(tlm::tlm_generic_payload& payload, TranslationExtension& request,
                  sc_core::sc_time& delay) {
  if (emit_.attached()) report(payload, request, events::Lookup::miss, delay);
  const std::uint64_t fences_before = stats_.fences;
  translation_out->b_transport(payload, delay);
  if (!payload.is_response_ok() || request.reply.fault) {
    ++stats_.failed_walks;
    return;
  }
  if (stats_.fences != fences_before) {
    // The walk may have read a PTE before the fence that the fence says must be read after it.
    ++stats_.overtaken;
    return;
  }
  const TlbEntry entry{request.reply.translation, request.tag()};
  if (inclusion_ != Inclusion::exclusive) return keep(entry, delay);
  ++stats_.unfilled;
  move_up(entry);  // there is one after a dirty rewalk
}

/// Takes in what came from below, or from above as a victim.
void Tlb::keep(const TlbEntry& entry, sc_core::sc_time& delay) {
  if (array_.keeps(entry.translation.size)) return insert(entry, delay);
  ++stats_.unfilled;
  if (victims_wanted_) hand_down(entry, delay);
}

void Tlb::insert(const TlbEntry& entry, sc_core::sc_time& delay) {
  const auto insertion = array_.insert(entry, [this](const TlbEntry& old) {
    ++stats_.superseded;
    withdraw_above(old);
  });
  if (insertion.placement == TlbArray::Placement::refreshed) {
    ++stats_.refreshes;
  } else {
    ++stats_.fills;
    if (emit_.attached()) {
      const Translation& filled = entry.translation;
      emit_(local_time(delay), events::TlbFilled{filled.vpn, filled.ppn, filled.size});
    }
  }
  if (insertion.victim) {
    ++stats_.evictions;
    withdraw_above(*insertion.victim);
    if (victims_wanted_) hand_down(*insertion.victim, delay);
  }
  stats_.held = array_.size();
}

void Tlb::fence(tlm::tlm_generic_payload& payload, const Fence& fence, sc_core::sc_time& delay) {
  ++stats_.fences;
  array_.fence(fence, [this](const TlbEntry& entry) {
    ++stats_.invalidations;
    withdraw_above(entry);
  });
  stats_.held = array_.size();
  translation_out->b_transport(payload, delay);
}

void Tlb::back_invalidate(const Translation& evicted, SpaceTag tag) {
  stats_.back_invalidations += array_.remove({evicted, tag}) ? 1 : 0;
  stats_.held = array_.size();
  for (int above = 0; above < translation_in.size(); ++above) {
    translation_in[above]->back_invalidate(evicted, tag);
  }
}

/// An inclusive level has lost `entry`, so the levels above must not keep it.
void Tlb::withdraw_above(const TlbEntry& entry) {
  if (inclusion_ != Inclusion::inclusive) return;
  for (int above = 0; above < translation_in.size(); ++above) {
    translation_in[above]->back_invalidate(entry.translation, entry.tag);
  }
}

void Tlb::hand_down(const TlbEntry& victim, sc_core::sc_time& delay) {
  evict_payload_.set_address(address_of(victim.translation.vpn).value());
  evict_payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  evict_request_.stages = victim.tag.stages();
  evict_request_.guest.vmid = victim.tag.vmid();
  evict_request_.space.asid = victim.tag.asid();
  evict_request_.reply.translation = victim.translation;
  translation_out->b_transport(evict_payload_, delay);
}

void Tlb::report(const tlm::tlm_generic_payload& payload, const TranslationExtension& request,
                 events::Lookup outcome, const sc_core::sc_time& delay) const {
  emit_(local_time(delay), events::TlbLookup{VirtualAddress(payload.get_address()),
                                             request.space.asid, request.type, outcome});
}

}  // namespace tlmmu
