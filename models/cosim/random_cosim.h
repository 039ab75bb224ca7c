// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cosim/random_memory.h"
#include "models/cosim/walker_bench.h"

namespace tlmmu::cosim {

/// Random lockstep of one walker: requests back to back and apart, of all kinds of accesses at all
/// privileges, to few addresses of few address spaces, so that walk caches are warm; with fences
/// between walks and in the middle of them, PMP holes, refused memory, lost updates, damaged PTEs,
/// and any latency. The same seed does the same.
class RandomCosim {
 public:
  RandomCosim(const WalkerKind& kind, std::uint64_t seed, CycleRange memory_latency,
              MemoryRange range = {});

  /// One more walk. False after a mismatch.
  bool step();
  std::uint64_t walks() const { return walks_; }
  std::uint64_t aborted() const { return aborted_; }
  std::uint64_t cycles() const { return bench_.cycles(); }
  const Scoreboard& scoreboard() const { return scoreboard_; }
  Scoreboard& scoreboard() { return scoreboard_; }
  RtlWalker& walker() { return *walker_; }
  RandomMemory& memory() { return memory_; }
  /// What the latest walk was asked.
  const WalkRequest& request() const { return request_; }

 private:
  void begin_episode();
  void choose_asids();
  void choose_addresses();
  std::uint64_t address_near_another();
  WalkRequest some_request();
  std::uint64_t some_address();
  Fence some_fence();
  void happen_between_walks();

  const WalkerKind& kind_;
  const PagingMode& mode_;
  Random random_;
  RandomMemory memory_;
  std::unique_ptr<RtlWalker> walker_;
  Scoreboard scoreboard_;
  WalkerBench bench_;
  std::vector<std::uint16_t> asids_;  ///< by number of the address space
  std::vector<std::uint64_t> addresses_;
  WalkRequest request_;
  WalkRequest next_;
  bool next_stands_ = false;
  std::vector<PlannedFence> fences_;
  std::uint64_t walks_ = 0;
  std::uint64_t aborted_ = 0;
};

}  // namespace tlmmu::cosim
