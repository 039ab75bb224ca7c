// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/reclaim.h"

namespace tlmmu::kernel {

void Reclaimer::frames_taken() {
  if (awake_ || state_.frames.free() >= state_.settings.watermarks.low) return;
  awake_ = true;
  fruitless_ = 0;
  ++state_.counters.kswapd_wakeups;
}

void Reclaimer::kswapd_slice() {
  if (!awake_) return;
  const std::uint64_t high = state_.settings.watermarks.high;
  std::uint64_t scanned = 0;
  // What is being written will be free: counting it keeps a slow disk from emptying the memory.
  while (scanned < state_.settings.kswapd_slice &&
         state_.frames.free() + state_.frames.writing() < high) {
    const Eviction result = step();
    if (result == Eviction::stuck) break;
    ++scanned;
    fruitless_ = result == Eviction::kept ? fruitless_ + 1 : 0;
  }
  if (scanned > 0) ++state_.counters.kswapd_slices;
  state_.counters.kswapd_scanned += scanned;
  // Nothing to be had until something changes.
  const bool hopeless = fruitless_ > all_turns();
  if (state_.frames.free() < high && !hopeless) return;
  awake_ = false;
  ++state_.counters.kswapd_sleeps;
}

void Reclaimer::direct(Effort effort) {
  ++state_.counters.direct_reclaims;
  const bool was_in_vain = in_vain_;
  const bool slice = effort == Effort::usual && was_in_vain;
  const std::uint64_t enough = slice ? state_.settings.kswapd_slice : all_turns() + 1;
  std::uint64_t scanned = 0;
  std::uint64_t started = 0;
  Eviction result = Eviction::kept;
  while (scanned < enough && started < state_.settings.direct_reclaim_batch) {
    result = step();
    if (result == Eviction::stuck) break;
    ++scanned;
    if (result == Eviction::freed) break;
    if (result == Eviction::write_started) ++started;
  }
  state_.counters.direct_scanned += scanned;
  if (started == 0 && result == Eviction::kept) in_vain_ = true;
  // What a last look at everything has found is no sign that there is more.
  if (effort == Effort::all) in_vain_ = was_in_vain;
}

bool Reclaimer::shrink(Process& process, Effort effort) {
  ++state_.counters.limit_reclaims;
  PagePool& pool = mapper_.pools().of(process);
  const bool slice = effort == Effort::usual && process.shrunk_in_vain;
  const bool mostly_shared = pool.size() < process.use.resident / 2;
  if (mostly_shared && !slice && unsharer_.take_from(process)) return true;
  std::uint64_t left =
      slice ? state_.settings.kswapd_slice : state_.policy.patience() * process.use.resident + 1;
  for (; left > 0 && pool.size() > 0; --left) {
    const Eviction result = scan_pages(pool, Need::of_its_own);
    if (result == Eviction::stuck) break;
    ++state_.counters.limit_scanned;
    if (result == Eviction::kept) continue;
    process.shrunk_in_vain = false;
    return true;
  }
  if (slice) return false;
  process.shrunk_in_vain = !unsharer_.take_from(process);
  return !process.shrunk_in_vain;
}

// One frame, where the scan stopped.
Eviction Reclaimer::step() {
  // Each stage is visited at most once without finding anything, and once more to begin it.
  for (unsigned empty = 0; empty <= 4; ++empty) {
    if (left_ > 0 && pool_size(stage_) > 0) {
      --left_;
      ++looked_;
      Eviction result = Eviction::stuck;
      if (stage_ == Stage::cached) result = scan_plain(state_.cached_pages);
      if (stage_ == Stage::shared) result = scan_plain(state_.shared_pages);
      if (stage_ == Stage::processes) {
        PagePool* pool = pool_of_processes();
        if (pool != nullptr) result = scan_pages(*pool, Need::of_others);
      }
      if (result == Eviction::freed || result == Eviction::write_started) {
        ++won_;
        in_vain_ = false;
      }
      return result;
    }
    next_stage();
  }
  return Eviction::stuck;
}

void Reclaimer::next_stage() {
  if (stage_ == Stage::cached) {
    begin(Stage::shared);
  } else if (stage_ == Stage::shared) {
    begin(Stage::processes);
  } else {
    // A round is over. Little progress makes the next one look at twice as much.
    const bool little = 8 * won_ < looked_;
    desperate_ = priority_ == 0 && won_ == 0 && looked_ > 0;
    priority_ = !little ? kLeastUrgent : priority_ > 0 ? priority_ - 1 : 0;
    won_ = looked_ = 0;
    begin(Stage::cached);
  }
}

void Reclaimer::begin(Stage stage) {
  stage_ = stage;
  left_ = (pool_size(stage) >> priority_) + 1;
}

std::uint64_t Reclaimer::pool_size(Stage stage) const {
  if (stage == Stage::cached) return state_.cached_pages.size();
  if (stage == Stage::shared) return state_.shared_pages.size();
  return all_pages_of_processes();
}

std::uint64_t Reclaimer::all_pages_of_processes() const {
  if (state_.settings.scope == ReclaimScope::global) return state_.pages.size();
  return state_.pooled_by_process;
}

// Whose turn it is: the next process after some pages of one, so that all pay their part.
PagePool* Reclaimer::pool_of_processes() {
  if (state_.settings.scope == ReclaimScope::global) return &state_.pages;
  const auto has_pages = [&](const Process& p) { return p.pool.size() > 0; };
  const auto rich = [&](const Process& p) {
    return has_pages(p) && (desperate_ || p.use.resident > state_.settings.resident_minimum);
  };
  const Process& current = state_.processes.at(victim_);
  if (left_of_victim_ == 0 || !current.is_alive() || !rich(current)) {
    Process* next = state_.processes.next_after(victim_, rich);
    if (next == nullptr) next = state_.processes.next_after(victim_, has_pages);
    if (next == nullptr) return nullptr;
    victim_ = next->id;
    left_of_victim_ = state_.settings.process_batch;
  }
  --left_of_victim_;
  return &state_.processes.at(victim_).pool;
}

// Cached and shared pages stand in a clock of their own.
Eviction Reclaimer::scan_plain(PagePool& pool) {
  Frame& frame = pool.queues[0].front();
  state_.machine.charge(Operation::reclaim_scan);
  ++(stage_ == Stage::cached ? state_.counters.scanned_cached : state_.counters.scanned_shared);
  const auto rotate = [&] {
    pool.queues[0].splice(pool.queues[0].end(), pool.queues[0], pool.queues[0].begin());
    return Eviction::kept;
  };
  if (frame.pins > 0 || frame.locks > 0) {
    ++state_.counters.unreclaimable;
    return rotate();
  }
  const FrameUse use = mapper_.look(frame);
  if (use.referenced || frame.referenced) {
    ++state_.counters.referenced;
    frame.referenced = false;
    mapper_.clear_referenced(frame);
    return rotate();
  }
  const Eviction result = evictor_.evict(frame, use);
  if (result == Eviction::stuck) {
    --(stage_ == Stage::cached ? state_.counters.scanned_cached : state_.counters.scanned_shared);
    return result;
  }
  if (result != Eviction::kept) return result;
  ++state_.counters.unreclaimable;
  return rotate();
}

Eviction Reclaimer::scan_pages(PagePool& pool, Need need) {
  Frame* frame = state_.policy.candidate(pool);
  if (frame == nullptr) return Eviction::stuck;
  state_.machine.charge(Operation::reclaim_scan);
  const Eviction result = consider(pool, *frame, need);
  if (result != Eviction::stuck) ++state_.counters.scanned_pages;
  return result;
}

Eviction Reclaimer::consider(PagePool& pool, Frame& frame, Need need) {
  const bool spared = need == Need::of_others && is_spared(frame);
  if (frame.pins > 0 || frame.locks > 0 || spared) {
    ++state_.counters.unreclaimable;
    state_.policy.pass(pool, frame);
    return Eviction::kept;
  }
  const FrameUse use = mapper_.look(frame);
  const Look seen{use.referenced, use.dirty || !frame.has_block,
                  state_.scheduler.run_time(*frame.first.process)};
  const Verdict verdict = state_.policy.judge(pool, frame, seen);
  if (verdict != Verdict::evict) {
    ++state_.counters.referenced;
    if (verdict == Verdict::keep_and_clear) mapper_.clear_referenced(frame);
    return Eviction::kept;
  }
  if (HugePages::is_head(frame)) {
    ++state_.counters.huge_scanned;
    huge_.split(frame);  // its base pages are looked at one by one
    return Eviction::kept;
  }
  const Eviction result = evictor_.evict(frame, use);
  if (result != Eviction::kept) return result;
  ++state_.counters.unreclaimable;
  state_.policy.pass(pool, frame);
  return result;
}

// What the minimum leaves a process, unless a whole round over everything has brought nothing.
bool Reclaimer::is_spared(const Frame& frame) const {
  const std::uint64_t minimum = state_.settings.resident_minimum;
  if (minimum == 0 || desperate_) return false;
  return frame.users == 1 && frame.first.process->use.resident <= minimum;
}

}  // namespace tlmmu::kernel
