// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/disk/block_map.h"
#include "firmware/kernel/reclaim/policies.h"
#include "firmware/kernel/reclaim/watermarks.h"
#include "models/arch/paging_mode.h"

namespace tlmmu::kernel {

/// Whose pages the policy chooses among.
enum class ReclaimScope : std::uint8_t {
  global,   ///< all in one pool
  process,  ///< one process after the other, some pages at a time
};

/// Where large pages are used.
enum class HugePageUse : std::uint8_t {
  never,
  madvise,  ///< in areas that asked for them
  always,   ///< wherever one fits and an aligned block is free
};

/// What is done about thrashing.
enum class Overload : std::uint8_t {
  ignore,   ///< it is counted
  suspend,  ///< processes are taken out until it ends
};

/// What becomes of dirty pages of files when the last process has ended.
enum class Shutdown : std::uint8_t {
  sync,       ///< they are written first, as shutdown(8) does
  power_off,  ///< they are lost
};

/// What the kernel is told at boot.
struct Settings {
  PhysicalAddress memory_base;
  Bytes memory_size;  ///< whole frames
  Bytes reserved;     ///< the kernel's own, at the start of memory; whole frames, less than all
  DiskLayout disk;
  PagingModeName mode = PagingModeName::sv39;
  std::uint32_t asids = 65535;  ///< that the hardware tells apart, without 0, which is the kernel's
  Watermarks watermarks;
  PolicyName policy = PolicyName::clock;
  PolicyParameters policy_parameters;
  ReclaimScope scope = ReclaimScope::global;
  std::uint64_t process_batch = 32;         ///< frames of a process, until the next one's turn
  std::uint64_t kswapd_slice = 32;          ///< frames kswapd looks at before it lets others run
  std::uint64_t direct_reclaim_batch = 32;  ///< write-backs one direct reclaim starts at most
  std::uint64_t nr_async_pages = 128;       ///< pages on their way to disk at most
  Picoseconds dirty_writeback = milliseconds(5'000);  ///< between two rounds of write-back; 0: none
  Picoseconds dirty_expire = milliseconds(30'000);    ///< age at which a dirty page is written
  Shutdown shutdown = Shutdown::sync;
  std::uint64_t file_readahead = 0;    ///< pages after the one that a fault needs
  std::uint64_t swap_readahead = 0;    ///< slots after the one that a fault needs
  std::uint64_t resident_limit = 0;    ///< pages a process may have in memory; 0: all
  std::uint64_t resident_minimum = 0;  ///< pages that others' needs leave it
  std::uint64_t stack_limit = 2048;    ///< pages a stack may grow to
  HugePageUse huge_pages = HugePageUse::never;
  Picoseconds thrash_window = milliseconds(100);  ///< over which thrashing is judged
  std::uint64_t thrash_faults = 100;  ///< major faults in a window that may be thrashing
  Overload overload = Overload::ignore;
  TextSource text_source = TextSource::disk;

  std::uint64_t frames() const { return memory_size / kPageBytes; }
};

}  // namespace tlmmu::kernel
