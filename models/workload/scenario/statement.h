// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "firmware/kernel/system_calls.h"
#include "models/workload/scenario/access.h"

namespace tlmmu::scenario {

/// Where something stands in its file; both count from 1.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// Index in Scenario::programs.
using ProgramId = Strong<struct ProgramIdTag, std::uint32_t>;

struct Map {
  RegionId region;
  kernel::MapRequest request;
};
struct Unmap {
  Range range;
};
struct Protect {
  Range range;
  kernel::Permissions permissions;
};
struct Lock {
  Range range;
};
struct Unlock {
  Range range;
};
/// msync
struct Sync {
  Range range;
};
/// sync
struct SyncAll {};
/// pread, pwrite
struct Transfer {
  Range buffer;
  kernel::CopyDirection direction;
  kernel::FileId file;
  Bytes offset;
};
struct Advise {
  Range range;
  kernel::Advice advice;
};
/// shmget and shmat
struct Share {
  RegionId region;
  kernel::SegmentKey key;
  Bytes length;
  kernel::Permissions permissions;
};
/// shmdt
struct Unshare {
  RegionId region;
};
/// shmctl IPC_RMID: the segment goes with its last attachment
struct Remove {
  RegionId region;
};
/// The heap shall be this long.
struct Brk {
  Bytes length;
};
struct Exec {
  ProgramId program;
};
struct Exit {};
struct Wait {
  enum class For : std::uint8_t { one_child, all_children };
  For what;
};

struct Statement;
using Block = std::vector<Statement>;

/// The child does `body` and exits.
struct Fork {
  std::string child;  ///< its name; empty: the parent's
  Block body;
};
struct Loop {
  std::uint64_t times;  ///< at least 1
  Block body;           ///< not empty
};

struct Statement {
  Place place;
  std::variant<Access, Map, Unmap, Protect, Lock, Unlock, Sync, SyncAll, Transfer, Advise, Share,
               Unshare, Remove, Brk, Fork, Exec, Exit, Wait, Loop>
      what;
};

}  // namespace tlmmu::scenario
