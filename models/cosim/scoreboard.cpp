// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/scoreboard.h"

#include <fmt/format.h>

namespace tlmmu::cosim {

namespace {

/// A walker's pointer is in its walk cache two cycles after memory's answer.
constexpr unsigned kCyclesToLearn = 2;

/// The contract of docs/rtl.md: cycles of a walk, of each of its accesses beside memory's time, and
/// of an access that PMP denies.
constexpr std::uint64_t kCyclesOfWalk = 2, kCyclesOfAccess = 3, kCyclesOfDenial = 1;

WalkCacheConfig walk_cache_config(unsigned entries) {
  WalkCacheConfig config;
  for (WalkCacheLevelConfig* level :
       {&config.level1, &config.level2, &config.level3, &config.level4}) {
    *level = {entries, entries == 0 ? 1 : entries, replacement::PolicyName::tree_plru};
  }
  return config;
}

bool wants(const WalkStep& step, const WalkerOutputs& pins) {
  if (const auto* read = std::get_if<PteRead>(&step)) {
    return !pins.mem_update && read->address.value() == pins.mem_addr;
  }
  const auto* update = std::get_if<PteUpdate>(&step);
  return update != nullptr && pins.mem_update && update->address.value() == pins.mem_addr &&
         update->expected.raw() == pins.mem_expected && update->desired.raw() == pins.mem_desired;
}

}  // namespace

Scoreboard::Scoreboard(const WalkerKind& kind)
    : kind_(kind),
      rules_{kind.ad_update, Extension::absent, Extension::absent},
      walk_cache_(walk_cache_config(kind.walk_cache_entries), 0) {}

void Scoreboard::report(const std::string& what) {
  if (!believes_ && mismatch_.empty()) mismatch_ = what;
}

void Scoreboard::tell(const WalkStory::Event& event) {
  if (!keeps_story_) return;
  story_.add(walk_ ? std::optional<WalkStep>(walk_->step()) : std::nullopt, event);
}

void Scoreboard::show() {
  signals_.activity = ModelActivity::idle;
  if (!walk_) return;
  signals_.level = static_cast<std::uint8_t>(walk_->table().level);
  const WalkStep& step = walk_->step();
  if (const auto* read = std::get_if<PteRead>(&step)) {
    signals_.activity = ModelActivity::read;
    signals_.address = read->address.value();
  } else if (const auto* update = std::get_if<PteUpdate>(&step)) {
    signals_.activity = ModelActivity::update;
    signals_.address = update->address.value();
  } else {
    signals_.activity =
        std::holds_alternative<WalkFault>(step) ? ModelActivity::fault : ModelActivity::translated;
  }
}

void Scoreboard::begin(const WalkRequest& request) {
  story_.clear();
  if (walk_) report("a request was accepted while a walk was under way");
  request_ = request;
  aborted_ = false;
  accesses_ = denied_ = 0;
  walk_.emplace(request, rules_);
  if (walk_->ended() || !walk_cache_.serves(paging_mode(kind_.mode))) return;
  const auto known = walk_cache_.lookup(request, walk_cache_stats_);
  if (known) walk_->start_at(*known);
}

void Scoreboard::check(std::uint64_t address, AccessType type, bool permitted) {
  if (!mismatch_.empty()) return;
  const bool writes = type == AccessType::store;
  if (!walk_ || aborted_) return report("PMP was asked without a walk that needs it");
  const auto* read = std::get_if<PteRead>(&walk_->step());
  const auto* update = std::get_if<PteUpdate>(&walk_->step());
  const bool expected = writes ? update != nullptr && update->address.value() == address
                               : read != nullptr && read->address.value() == address;
  tell(WalkStory::PmpCheck{address, writes, permitted});
  if (!expected) return report("PMP was asked for another access than the model's");
  if (permitted) return;
  ++denied_;
  walk_->supply_error();
}

void Scoreboard::access(const WalkerOutputs& pins) {
  if (!mismatch_.empty()) return;
  tell(WalkStory::MemoryRequest{pins.mem_update, pins.mem_addr, pins.mem_expected,
                                pins.mem_desired});
  if (!walk_) return report("memory was asked without a walk");
  if (aborted_) return report("memory was asked by a walk that a fence had overtaken");
  if (!wants(walk_->step(), pins)) return report("another access than the model's");
  ++accesses_;
}

void Scoreboard::answer(std::optional<Pte> found) {
  if (!mismatch_.empty() || !walk_ || aborted_) return;
  if (found) signals_.pte = found->raw();
  tell(WalkStory::MemoryAnswer{found});
  const unsigned level = walk_->table().level;
  if (found) {
    walk_->supply(*found);
  } else {
    walk_->supply_error();
  }
  if (walk_->table().level == level) return;
  ++pointers_;
  pending_ = walk_->table();
  cycles_to_learn_ = kCyclesToLearn;
}

void Scoreboard::fence(const Fence& fence) {
  pending_.reset();
  walk_cache_.fence(fence, walk_cache_stats_);
  if (!walk_) return;
  tell(WalkStory::Fenced{});
  aborted_ = true;
}

void Scoreboard::end_of_cycle() {
  if (keeps_story_) show();
  if (!pending_ || --cycles_to_learn_ != 0) return;
  walk_cache_.fill(request_, *pending_, walk_cache_stats_);
  pending_.reset();
}

std::uint64_t Scoreboard::contract_cycles(std::uint64_t memory) const {
  return kCyclesOfWalk + kCyclesOfAccess * accesses_ + kCyclesOfDenial * denied_ + memory;
}

void Scoreboard::finish(const WalkerResponse& response, WalkCycles cycles) {
  if (!walk_) return report("an answer without a request");
  if (mismatch_.empty()) tell(response);
  outcome_ = walk_->step();
  walk_.reset();
  if (!mismatch_.empty()) return;
  if (aborted_) {
    if (response.outcome != RtlOutcome::aborted)
      report("a walk that a fence overtook has an answer");
    return;
  }
  if (const auto* fault = std::get_if<WalkFault>(&outcome_)) {
    compare(*fault, response);
  } else if (const auto* found = std::get_if<Translation>(&outcome_)) {
    compare(*found, response);
  } else {
    return report("an answer before the model's");
  }
  if (kind_.latency == LatencyContract::none) return;
  const std::uint64_t expected = contract_cycles(cycles.memory);
  if (cycles.total != expected) {
    report(fmt::format("the walk took {} cycles, by contract {}", cycles.total, expected));
  }
}

void Scoreboard::compare(const Translation& expected, const WalkerResponse& response) {
  if (response.outcome != RtlOutcome::translated) return report("another outcome");
  const PagingMode& mode = paging_mode(kind_.mode);
  if (response.level >= mode.levels || mode.page_size(response.level) != expected.size) {
    return report("another page size");
  }
  if (response.ppn != expected.ppn.value()) return report("another frame");
  if (response.flags != expected.flags.raw()) return report("other flags");
}

void Scoreboard::compare(const WalkFault& expected, const WalkerResponse& response) {
  if (response.outcome != RtlOutcome::faulted) return report("another outcome");
  if (response.cause != static_cast<std::uint8_t>(expected.cause)) report("another cause");
  if (response.step != static_cast<std::uint8_t>(expected.step)) report("another step");
}

}  // namespace tlmmu::cosim
