// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <utility>

#include "models/base/random.h"
#include "models/workload/memory_access.h"
#include "models/workload/scenario/access.h"
#include "models/workload/scenario/zipf_table.h"

namespace tlmmu::scenario {

/// Bytes of an address space, counted upwards from `start`, or downwards as a stack's are.
struct Span {
  enum class Direction : std::uint8_t { up, down };
  VirtualAddress start;
  Bytes length;
  Direction direction = Direction::up;
};

/// The tables that a process has used: made once for each number of pages and exponent.
class ZipfTables {
 public:
  const ZipfTable& of(std::uint64_t pages, std::uint32_t thousandths) {
    return tables_.try_emplace({pages, thousandths}, pages, thousandths).first->second;
  }

 private:
  std::map<std::pair<std::uint64_t, std::uint32_t>, ZipfTable> tables_;
};

/// One access statement while it is being carried out.
class AccessRun {
 public:
  /// Nothing is left of this one.
  AccessRun() = default;
  /// A span that is shorter than one access is taken as that long. `access` and `tables` outlive
  /// the run.
  AccessRun(const Access& access, const Span& span, ZipfTables& tables);

  std::uint64_t left() const { return left_; }
  /// Of all of them.
  AccessContext context() const { return access_->context; }
  /// One of those that are left.
  MemoryAccess next(Random& random);

 private:
  std::uint64_t offset(Random& random, const Sequential& pattern);
  std::uint64_t offset(Random& random, const Uniform& pattern);
  std::uint64_t offset(Random& random, const Zipf& pattern);
  std::uint64_t offset(Random& random, const WorkingSet& pattern);
  std::uint64_t anywhere(Random& random, std::uint64_t first, std::uint64_t length) const;

  const Access* access_ = nullptr;
  const ZipfTable* zipf_ = nullptr;
  Span span_;
  std::uint64_t left_ = 0;
  std::uint64_t next_ = 0;         ///< sequential: the next offset
  std::uint64_t window_ = 0;       ///< working set: offset of the window
  std::uint64_t window_left_ = 0;  ///< accesses until it jumps
};

}  // namespace tlmmu::scenario
