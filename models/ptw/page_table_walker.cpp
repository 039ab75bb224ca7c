// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/page_table_walker.h"

namespace tlmmu {

namespace {

void add(sc_core::sc_time& delay, Picoseconds time, Picoseconds& total) {
  delay += to_sc_time(time);
  total += time;
}

}  // namespace

PageTableWalker::PageTableWalker(const sc_core::sc_module_name& name, const PtwConfig& config,
                                 ClockPeriod clock, std::uint64_t seed, events::Emitter emit)
    : sc_module(name),
      translation_in("translation_in"),
      pte_out("pte_out"),
      config_(config),
      rules_{config.ad_update, Extension::absent, Extension::absent},
      clock_(clock),
      emit_(emit),
      walk_cache_(config.walk_cache, seed),
      transaction_(Origin::walk) {
  stats_.step_latency = clock.of(config.step_latency);
  stats_.walk_cache_latency = clock.of(config.walk_cache_latency);
  translation_in.bind(*this);
  pte_out.bind(*this);
}

void PageTableWalker::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  auto* extension = payload.get_extension<TranslationExtension>();
  if (extension == nullptr) {
    SC_REPORT_ERROR("/tlmmu/ptw", "a payload without a TranslationExtension");
    return;
  }
  switch (extension->command) {
    case TranslationCommand::translate:
      translate({VirtualAddress(payload.get_address()), extension->type, extension->context,
                 extension->space},
                extension->reply, delay);
      break;
    case TranslationCommand::fence:
      ++stats_.fences;
      walk_cache_.fence(extension->fence, stats_.walk_cache);
      break;
    case TranslationCommand::evict:
      break;  // the walker keeps no translations
  }
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

void PageTableWalker::translate(const WalkRequest& request, TranslationReply& reply,
                                sc_core::sc_time& delay) {
  if (request.space.mode == PagingModeName::bare) {
    SC_REPORT_ERROR("/tlmmu/ptw", "a request in bare mode, which has no page table to walk");
    return;
  }
  const Picoseconds begin = local_time(delay);
  const std::uint64_t reads_before = stats_.pte_reads;
  ++stats_.walks;
  emit_(begin, events::WalkStarted{request.address, request.space.asid, request.type});

  Walk walk(request, rules_);
  if (!walk.ended()) begin_below_root(walk, request, delay);
  while (!walk.ended()) {
    if (std::holds_alternative<PteRead>(walk.step())) {
      read_pte(walk, request, delay);
    } else {
      update_pte(walk, delay);
    }
  }
  answer(walk, request, reply, delay);

  const Picoseconds taken = local_time(delay) - begin;
  stats_.walk_time += taken;
  stats_.walk_latency.record(clock_.ceil_cycles(taken).value());
  stats_.pte_reads_per_walk.record(stats_.pte_reads - reads_before);
}

void PageTableWalker::begin_below_root(Walk& walk, const WalkRequest& request,
                                       sc_core::sc_time& delay) {
  if (!walk_cache_.serves(paging_mode(request.space.mode))) return;
  add(delay, stats_.walk_cache_latency, stats_.walk_cache_time);
  if (const auto known = walk_cache_.lookup(request, stats_.walk_cache)) walk.start_at(*known);
}

void PageTableWalker::read_pte(Walk& walk, const WalkRequest& request, sc_core::sc_time& delay) {
  const PteRead read = std::get<PteRead>(walk.step());
  add(delay, stats_.step_latency, stats_.step_time);
  ++stats_.pte_reads;
  ++stats_.pte_reads_by_level.level[read.level];
  const Picoseconds sent = local_time(delay);
  const std::optional<Pte> pte =
      access(tlm::TLM_READ_COMMAND, {read.address, walk.mode().pte_bytes, Pte()}, delay);
  if (!pte) return walk.supply_error();
  emit_(sent, events::PteFetched{read.level, read.address, pte->raw()});
  walk.supply(*pte);
  if (walk.table().level != read.level) {
    ++stats_.pointers_followed;
    walk_cache_.fill(request, walk.table(), stats_.walk_cache);
  }
}

void PageTableWalker::update_pte(Walk& walk, sc_core::sc_time& delay) {
  const PteUpdate update = std::get<PteUpdate>(walk.step());
  add(delay, stats_.step_latency, stats_.step_time);
  ++stats_.update_attempts;
  const Picoseconds sent = local_time(delay);
  const PteWord desired{update.address, walk.mode().pte_bytes, update.desired};
  std::optional<Pte> found =
      access(tlm::TLM_READ_COMMAND, {desired.address, desired.bytes, Pte()}, delay);
  if (found == update.expected && !access(tlm::TLM_WRITE_COMMAND, desired, delay)) {
    found.reset();
  }
  if (!found) {
    ++stats_.update_refusals;
    return walk.supply_error();
  }
  if (*found == update.expected) {
    ++stats_.updates;
    emit_(sent, events::PteUpdated{update.address, update.desired.raw()});
  } else {
    ++stats_.update_retries;
  }
  walk.supply(*found);
}

std::optional<Pte> PageTableWalker::access(tlm::tlm_command command, const PteWord& word,
                                           sc_core::sc_time& delay) {
  std::uint64_t raw = word.value.raw();
  const Picoseconds begin = local_time(delay);
  tlm::tlm_generic_payload& payload = transaction_.with_data(
      command, word.address, reinterpret_cast<unsigned char*>(&raw), word.bytes);
  pte_out->b_transport(payload, delay);
  stats_.pte_time += local_time(delay) - begin;
  if (!payload.is_response_ok()) return std::nullopt;
  return Pte(raw);
}

void PageTableWalker::answer(const Walk& walk, const WalkRequest& request, TranslationReply& reply,
                             const sc_core::sc_time& delay) {
  WalkOutcomeStats& outcomes = stats_.outcomes[static_cast<std::size_t>(request.type)];
  events::WalkFinished finished{events::WalkOutcome::translated, {}, PageSize::k4KiB};
  if (const auto* translation = std::get_if<Translation>(&walk.step())) {
    ++outcomes.translated;
    ++stats_.translations[translation->size];
    reply = {std::nullopt, translation->apply(request.address), *translation};
    finished.physical = reply.physical;
    finished.size = translation->size;
  } else {
    const auto& fault = std::get<WalkFault>(walk.step());
    ++stats_.faults[fault.step];
    const bool refused = fault.cause == access_fault(request.type);
    ++(refused ? outcomes.access_fault : outcomes.page_fault);
    finished.outcome =
        refused ? events::WalkOutcome::access_fault : events::WalkOutcome::page_fault;
    reply.fault = fault.cause;
  }
  emit_(local_time(delay), finished);
}

}  // namespace tlmmu
