// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/cosim/rtl_walker.h"
#include "models/cosim/walk_story.h"
#include "models/ptw/walk.h"
#include "models/ptw/walk_cache.h"

namespace tlmmu::cosim {

/// From the cycle in which a request is accepted to the one in which its answer is valid.
struct WalkCycles {
  std::uint64_t total = 0;
  /// In which a request to memory was not granted, or memory's answer was waited for.
  std::uint64_t memory = 0;
};

/// Walks with `Walk` and the model's walk cache what a walker in hardware walks, told of each of
/// its steps as it happens, and compares: every access in order and address, what it updates, the
/// answer, and the cycles. The first mismatch is kept; from then on nothing is compared.
class Scoreboard {
 public:
  explicit Scoreboard(const WalkerKind& kind);

  /// A request was accepted.
  void begin(const WalkRequest& request);
  /// The walker asks PMP, which answers `permitted`.
  void check(std::uint64_t address, AccessType type, bool permitted);
  /// The walker asks memory for something new.
  void access(const WalkerOutputs& pins);
  /// Memory answers.
  void answer(std::optional<Pte> found);
  /// A fence is executed.
  void fence(const Fence& fence);
  /// The walk's answer is taken.
  void finish(const WalkerResponse& response, WalkCycles cycles);
  /// A cycle has ended.
  void end_of_cycle();

  bool walking() const { return walk_.has_value(); }
  bool aborted() const { return aborted_; }
  /// Empty: all is well.
  const std::string& mismatch() const { return mismatch_; }
  /// Something is wrong that somebody else saw.
  void report(const std::string& what);

  /// From now on nothing is a mismatch: the hardware is believed.
  void believe() { believes_ = true; }
  /// The level of the table that the model's walk reads, or read last.
  unsigned level() const { return walk_ ? walk_->table().level : 0; }
  /// Pointers that the model followed, in all walks.
  std::uint64_t pointers() const { return pointers_; }
  const WalkCacheStats& walk_cache_stats() const { return walk_cache_stats_; }

  /// Where the story of the latest walk is wanted: both sides, step by step.
  void keep_story() { keeps_story_ = true; }
  std::vector<WalkLine> story() const { return story_.lines(paging_mode(kind_.mode)); }

  /// What the model's walk is doing, for waves; always the same object.
  const ModelSignals& signals() const { return signals_; }
  const WalkerKind& kind() const { return kind_; }
  /// Of the walk so far, by the model.
  unsigned accesses() const { return accesses_; }
  /// How the latest walk ended, by the model.
  const WalkStep& outcome() const { return outcome_; }

 private:
  std::uint64_t contract_cycles(std::uint64_t memory) const;
  void compare(const Translation& expected, const WalkerResponse& response);
  void compare(const WalkFault& expected, const WalkerResponse& response);
  void show();
  void tell(const WalkStory::Event& event);

  const WalkerKind& kind_;
  const WalkRules rules_;
  WalkCache walk_cache_;
  WalkCacheStats walk_cache_stats_;
  WalkRequest request_;
  std::optional<Walk> walk_;
  WalkStep outcome_;
  std::optional<TablePointer> pending_;  ///< learnt when the walker has examined its PTE
  unsigned cycles_to_learn_ = 0;
  bool aborted_ = false;
  unsigned accesses_ = 0;
  unsigned denied_ = 0;
  ModelSignals signals_;
  std::uint64_t pointers_ = 0;
  bool believes_ = false;
  bool keeps_story_ = false;
  WalkStory story_;
  std::string mismatch_;
};

}  // namespace tlmmu::cosim
