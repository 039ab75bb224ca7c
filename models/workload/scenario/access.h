// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "models/arch/privilege.h"
#include "models/base/access_type.h"
#include "models/base/address.h"

namespace tlmmu::scenario {

/// A named part of an address space, counted within its top-level process.
using RegionId = Strong<struct RegionIdTag, std::uint32_t>;

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
  /// Who makes the accesses: the process; or the kernel for it, each as a call.
  AccessContext context = {};
};

}  // namespace tlmmu::scenario
