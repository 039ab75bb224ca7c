// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <vector>

#include "models/workload/access_source.h"
#include "models/workload/scenario/process_run.h"

namespace tlmmu::scenario {

/// The accesses of one scripted process on its own, without a machine: every call succeeds at
/// once, regions lie one behind the other, nobody else writes to them, and children are not played.
class ProcessSource : public AccessSource {
 public:
  /// At most `limit` accesses. `scenario` outlives the source.
  ProcessSource(const Scenario& scenario, std::uint32_t process,
                std::uint64_t limit = std::numeric_limits<std::uint64_t>::max());

  bool next_batch() override;

 private:
  static constexpr std::size_t kBatch = 4096;

  kernel::CallAnswer done(const SystemCall& call);
  kernel::CallAnswer next_region(Bytes length);

  ProcessRun run_;
  std::uint64_t left_;
  VirtualAddress next_region_;
  VirtualAddress heap_end_;
  Bytes segment_length_;  ///< of the segment that is attached next
  std::vector<MemoryAccess> batch_;
};

}  // namespace tlmmu::scenario
