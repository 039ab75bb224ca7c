// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "testbenches/bench/flat_machine.h"

namespace tlmmu::kernel {

/// What reclaim finds in a full memory.
enum class Situation : std::uint8_t {
  anonymous,  ///< pages of one process, and room in swap
  file,       ///< clean pages of a mapped file
  shared,     ///< a shared segment, each page mapped by four processes
  swap_full,  ///< half of the pages are anonymous and swap is full; the others are of a file
  locked,     ///< half of the pages are locked; the others are anonymous
};
constexpr Situation kSituations[] = {Situation::anonymous, Situation::file, Situation::shared,
                                     Situation::swap_full, Situation::locked};
const char* name_of(Situation situation);

/// The work of reclaim, as numbers that do not depend on the host.
struct ReclaimWork {
  std::uint64_t looks = 0;  ///< frames looked at
  std::uint64_t pages = 0;  ///< that left memory
};

/// A machine whose memory is full, so that each new page needs another one to go.
class ReclaimLoad {
 public:
  ReclaimLoad(Situation situation, std::uint64_t frames);

  /// Touches pages that are not in memory until so many others have left it.
  void reclaim(std::uint64_t pages);
  ReclaimWork work() const;

 private:
  void touch(ProcessId process, VirtualAddress address);
  void run(ProcessId process);
  template <class Call>
  std::uint64_t call(ProcessId process, Call body);
  VirtualAddress map(std::uint64_t pages, std::optional<FilePart> contents = {});
  void attach_segment(std::uint64_t pages);
  void fill_swap(std::uint64_t pages);
  void lock(std::uint64_t pages);
  void touch_next();

  KernelOnFlatMachine host_;
  std::vector<ProcessId> users_;  ///< each touches each page
  AccessType type_ = AccessType::store;
  VirtualAddress first_;
  std::uint64_t pages_;  ///< more than there are frames for them
  std::uint64_t next_ = 0;
};

/// What it is that leaves reclaim nothing to take.
enum class Hopeless : std::uint8_t {
  no_swap,          ///< all pages are anonymous
  locked,           ///< and half of them, the most there may be, locked
  locked_at_limit,  ///< likewise, of a process at its resident limit
};

/// A process touches new pages, all of which have to stay, until it is killed.
struct HopelessWork {
  std::uint64_t looks;
  std::uint64_t faults;
};
HopelessWork work_until_out_of_memory(Hopeless why, std::uint64_t frames);

}  // namespace tlmmu::kernel
