// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "models/base/quantity.h"
#include "models/stats/distribution.h"

namespace tlmmu::stats {

/// What every statistic has: its name inside its group, its unit, and one sentence for people.
struct Name {
  std::string_view name;
  std::string_view unit;  ///< "accesses", "cycles", "bytes", ...
  std::string_view help;
};

/// A statistics struct declares its members once, in `void describe(Visitor&) const`; the report,
/// the JSON writer, its schema, the docs table and snapshots are visitors. Ratios are computed, not
/// kept.
///
///     struct TlbStats {
///       std::uint64_t hits = 0, misses = 0;
///       void describe(stats::Visitor& v) const {
///         v.counter({"hits", "lookups", "answered from this level"}, hits);
///         v.ratio({"hit_ratio", "", "hits per lookup"}, hits, hits + misses);
///         v.law("hits + misses = accesses", hits + misses, accesses);
///       }
///     };
class Visitor {
 public:
  Visitor() = default;
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;
  virtual ~Visitor() = default;

  template <class Group>
  void group(std::string_view name, std::string_view help, const Group& content) {
    enter(name, help);
    content.describe(*this);
    leave();
  }

  virtual void counter(Name name, std::uint64_t value) = 0;
  /// Modelled time, in picoseconds.
  virtual void time(Name name, Picoseconds value) = 0;
  /// numerator / denominator; printed as absent where the denominator is 0.
  virtual void ratio(Name name, std::uint64_t numerator, std::uint64_t denominator) = 0;
  virtual void distribution(Name name, const Distribution& value) = 0;
  /// A conservation law; both sides must be equal at the end of a run or the run fails.
  virtual void law(std::string_view law, std::uint64_t left, std::uint64_t right) = 0;
  /// A law of which only one direction is certain: `part` is not above `bound`.
  void law_at_most(std::string_view text, std::uint64_t part, std::uint64_t bound) {
    law(text, part < bound ? part : bound, part);
  }

 protected:
  virtual void enter(std::string_view name, std::string_view help) = 0;
  virtual void leave() = 0;
};

}  // namespace tlmmu::stats
