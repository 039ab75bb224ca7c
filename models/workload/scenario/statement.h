// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "firmware/kernel/system_calls.h"
#include "models/base/access_type.h"

namespace tlmmu::scenario {

/// Where something stands in its file; both count from 1.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// A named part of an address space, counted within its top-level process.
using RegionId = Strong<struct RegionIdTag, std::uint32_t>;
/// Index in Scenario::programs.
using ProgramId = Strong<struct ProgramIdTag, std::uint32_t>;

/// The regions that every process has.
constexpr RegionId kText{0};
constexpr RegionId kData{1};
constexpr RegionId kBss{2};
constexpr RegionId kHeap{3};
constexpr RegionId kStack{4};  ///< its offsets count downwards from the top
constexpr std::uint32_t kOwnRegions = 5;

/// Bytes of a region, or of an address that nobody named. Without `end` the whole region.
struct Range {
  std::variant<RegionId, VirtualAddress> base;
  Bytes begin;
  std::optional<Bytes> end;
};

/// From the start of the range, every `stride` bytes, over and over.
struct Sequential {
  Bytes stride;
};
/// Anywhere, independently.
struct Uniform {};
/// Pages with probabilities in proportion to 1 / rank^exponent, the first page has rank 1; anywhere
/// in the page.
struct Zipf {
  std::uint32_t thousandths;  ///< of the exponent, 1 to 4000
};
/// Anywhere in a window of `size` bytes, which jumps to another place after every `every` accesses.
struct WorkingSet {
  Bytes size;
  std::uint64_t every;
};
using Pattern = std::variant<Sequential, Uniform, Zipf, WorkingSet>;

/// read, write, execute, touch, compute
struct Access {
  Range range;
  AccessType type;
  std::uint32_t store_percent = 0;  ///< this share of the accesses are stores, whatever `type` says
  std::uint32_t size = 8;           ///< bytes of each access
  Pattern pattern;
  std::optional<std::uint64_t> count;  ///< absent: one pass over the range
};

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
  std::variant<Access, Map, Unmap, Protect, Lock, Unlock, Sync, Advise, Share, Unshare, Remove, Brk,
               Fork, Exec, Exit, Wait, Loop>
      what;
};

}  // namespace tlmmu::scenario
