// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/page_table_walker.h"

#include <type_traits>

#include "models/ptw/count_walk.h"

namespace tlmmu {

namespace {

void add(sc_core::sc_time& delay, Picoseconds time, Picoseconds& total) {
  delay += to_sc_time(time);
  total += time;
}

/// The stage whose page table the walk's current access is for, and the table of that stage.
Stages stage_of(const Walk&) {
  return Stages::single;
}
Stages stage_of(const TwoStageWalk& walk) {
  return walk.stage();
}
const TablePointer& table_of(const Walk& walk, Stages) {
  return walk.table();
}
const TablePointer& table_of(const TwoStageWalk& walk, Stages stage) {
  return walk.table(stage);
}

/// The first page table that a request's address is looked up in: what the walk cache knows.
PagingModeName first_mode(const WalkRequest& request) {
  return request.stages == Stages::g ? PagingModeName::bare : request.space.mode;
}

}  // namespace

PageTableWalker::PageTableWalker(const sc_core::sc_module_name& name, const PtwConfig& config,
                                 ClockPeriod clock, std::uint64_t seed, events::Emitter emit)
    : sc_module(name),
      translation_in("translation_in"),
      pte_out("pte_out"),
      rules_{config.ad_update, config.svnapot, config.svpbmt},
      clock_(clock),
      emit_(emit),
      walk_cache_(config.walk_cache, seed),
      g_stage_(config.g_stage, seed),
      ptes_(pte_out, stats_.pte_time) {
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
                 extension->space, extension->stages, extension->guest},
                extension->reply, delay);
      break;
    case TranslationCommand::fence:
      ++stats_.fences;
      walk_cache_.fence(extension->fence, stats_.walk_cache);
      g_stage_.fence(extension->fence, stats_.g_stage);
      fence_elsewhere(extension->fence);
      break;
    case TranslationCommand::evict:
      break;  // the walker keeps no translations
  }
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

void PageTableWalker::translate(const WalkRequest& request, TranslationReply& reply,
                                sc_core::sc_time& delay) {
  if (first_mode(request) == PagingModeName::bare && request.guest.mode == PagingModeName::bare) {
    SC_REPORT_ERROR("/tlmmu/ptw", "a request in bare mode, which has no page table to walk");
    return;
  }
  Job job{request, reply, delay, stats_.fences};
  const Picoseconds begin = local_time(delay);
  const std::uint64_t reads_before = stats_.pte_reads;
  ++stats_.walks;
  emit_(begin, events::WalkStarted{request.address, request.space.asid, request.type});
  if (request.stages == Stages::single) {
    walk_single_stage(job);
  } else {
    run(TwoStageWalk(request, rules_), job);
  }
  const Picoseconds taken = local_time(delay) - begin;
  stats_.walk_time += taken;
  stats_.walk_latency.record(clock_.ceil_cycles(taken).value());
  stats_.pte_reads_per_walk.record(stats_.pte_reads - reads_before);
}

void PageTableWalker::walk_single_stage(Job& job) {
  run(Walk(job.request, rules_), job);
}

template <class AnyWalk>
void PageTableWalker::run(AnyWalk walk, Job& job) {
  if (!walk.ended()) begin_below_root(walk, job);
  while (!walk.ended()) {
    if constexpr (std::is_same_v<AnyWalk, TwoStageWalk>) {
      if (walk.g_stage_begins()) {
        begin_g_stage(walk, job);
        continue;
      }
    }
    if (std::holds_alternative<PteRead>(walk.step())) {
      read_pte(walk, job);
    } else {
      update_pte(walk, job);
    }
  }
  answer(walk.step(), stage_of(walk), job);
}

template <class AnyWalk>
void PageTableWalker::begin_below_root(AnyWalk& walk, Job& job) {
  if (!walk_cache_.serves(paging_mode(first_mode(job.request)))) return;
  take_walk_cache_time(job);
  const auto known = walk_cache_.lookup(job.request, stats_.walk_cache);
  if (known) walk.start_at(*known);
}

void PageTableWalker::begin_g_stage(TwoStageWalk& walk, Job& job) {
  if (g_stage_.serves(paging_mode(job.request.guest.mode))) {
    ++stats_.g_stage.lookups;
    take_walk_cache_time(job);
  }
  g_stage_.begin(walk, stats_.g_stage);
}

void PageTableWalker::take_walk_cache_time(Job& job) {
  add(job.delay, stats_.walk_cache_latency, stats_.walk_cache_time);
}

template <class AnyWalk>
void PageTableWalker::read_pte(AnyWalk& walk, Job& job) {
  const PteRead read = std::get<PteRead>(walk.step());
  const Stages stage = stage_of(walk);
  const std::optional<Pte> pte = fetch_pte(read, walk.pte_bytes(), stage, job);
  if (!pte) return walk.supply_error();
  walk.supply(*pte);
  if (table_of(walk, stage).level != read.level) count_pointer(stats_, stage);
  learn(walk, stage, read.level, job);
}

std::optional<Pte> PageTableWalker::fetch_pte(const PteRead& read, unsigned bytes, Stages stage,
                                              Job& job) {
  add(job.delay, stats_.step_latency, stats_.step_time);
  count_read(stats_, stage, read.level);
  if (stage != Stages::g) job.first_stage_read = true;
  const Picoseconds sent = local_time(job.delay);
  const std::optional<Pte> pte = ptes_.read({read.address, bytes, Pte()}, job.delay);
  if (pte) emit_(sent, events::PteFetched{read.level, read.address, pte->raw()});
  return pte;
}

template <class AnyWalk>
void PageTableWalker::update_pte(AnyWalk& walk, Job& job) {
  const PteUpdate update = std::get<PteUpdate>(walk.step());
  const Stages stage = stage_of(walk);
  const std::optional<Pte> found = swap_pte(update, walk.pte_bytes(), stage, job);
  if (!found) return walk.supply_error();
  walk.supply(*found);
  learn(walk, stage, std::nullopt, job);
}

std::optional<Pte> PageTableWalker::swap_pte(const PteUpdate& update, unsigned bytes, Stages stage,
                                             Job& job) {
  add(job.delay, stats_.step_latency, stats_.step_time);
  const Picoseconds sent = local_time(job.delay);
  const std::optional<Pte> found =
      ptes_.compare_and_swap({update.address, bytes, update.desired}, update.expected, job.delay);
  count_update(stats_, stage, found, update.expected);
  if (found == update.expected) {
    emit_(sent, events::PteUpdated{update.address, update.desired.raw()});
  }
  return found;
}

/// Keeps what `walk` has just found out at `stage`: a pointer, if a PTE of `level` was read, or the
/// end of a G stage.
template <class AnyWalk>
void PageTableWalker::learn(const AnyWalk& walk, Stages stage, std::optional<unsigned> level,
                            Job& job) {
  const TablePointer& table = table_of(walk, stage);
  const bool is_pointer = level && table.level != *level;
  if (stats_.fences != job.fences_before) {
    // What was read before the fence may be what the fence says must be read again.
    if (is_pointer) ++stats_.overtaken;
    return;
  }
  if constexpr (std::is_same_v<AnyWalk, TwoStageWalk>) {
    if (stage == Stages::g) return g_stage_.learn(walk, is_pointer, stats_.g_stage);
  }
  if (is_pointer) walk_cache_.fill(job.request, table, stats_.walk_cache);
}

void PageTableWalker::answer(const WalkStep& end, Stages stage, Job& job) {
  const WalkRequest& request = job.request;
  TranslationReply& reply = job.reply;
  events::WalkFinished finished{events::WalkOutcome::translated, {}, PageSize::k4KiB};
  const auto* fault = std::get_if<WalkFault>(&end);
  const bool outside = fault != nullptr && fault->step == VatpStep::canonical_address;
  if (!job.first_stage_read && !(outside && stage != Stages::g)) ++stats_.g_stage.no_first_stage;
  if (fault == nullptr) {
    const auto& translation = std::get<Translation>(end);
    count_translation(stats_, request.type, translation.size);
    reply = {std::nullopt, translation.apply(request.address), translation};
    finished.physical = reply.physical;
    finished.size = translation.size;
  } else {
    finished.outcome = count_fault(stats_, stage, request.type, *fault);
    reply.fault = fault->cause;
    reply.guest_address = fault->guest_address;
  }
  emit_(local_time(job.delay), finished);
}

}  // namespace tlmmu
