// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/stats/visitor.h"

namespace tlmmu::stats {

enum class Kind : std::uint8_t { counter, time, ratio, distribution };

/// One statistic's value at one moment.
struct Entry {
  std::string path;  ///< dotted, e.g. "mmu.l1_dtlb.hits"
  Kind kind = Kind::counter;
  std::uint64_t value = 0;        ///< of a counter; picoseconds of a time; numerator of a ratio
  std::uint64_t denominator = 0;  ///< of a ratio
  Distribution distribution;
  std::string unit;
  std::string help;
};

struct Law {
  std::string group;
  std::string text;
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  bool holds() const { return left == right; }
};

struct GroupHelp {
  std::string path;
  std::string help;
};

/// All statistics of a machine at one moment, in the order of their declaration.
class Snapshot : public Visitor {
 public:
  template <class Root>
  explicit Snapshot(const Root& root) {
    root.describe(*this);
  }

  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<Law>& laws() const { return laws_; }
  const std::vector<GroupHelp>& groups() const { return groups_; }

  bool has(const std::string& path) const { return index_.count(path) != 0; }
  /// The entry at `path`; throws std::out_of_range with the path if there is none.
  const Entry& at(const std::string& path) const;
  /// A counter, or a time in picoseconds.
  std::uint64_t value(const std::string& path) const { return at(path).value; }

  void counter(Name name, std::uint64_t value) override;
  void time(Name name, Picoseconds value) override;
  void ratio(Name name, std::uint64_t numerator, std::uint64_t denominator) override;
  void distribution(Name name, const Distribution& value) override;
  void law(std::string_view law, std::uint64_t left, std::uint64_t right) override;

 protected:
  void enter(std::string_view name, std::string_view help) override;
  void leave() override;

 private:
  Entry& add(Name name, Kind kind);
  std::string path() const;

  std::vector<Entry> entries_;
  std::vector<Law> laws_;
  std::vector<GroupHelp> groups_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::string> path_;
};

}  // namespace tlmmu::stats
