// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/workload/scenario/scenario.h"

namespace tlmmu::scenario {

/// The regions that a statement can name. A fork's child starts with a copy of its parent's.
class RegionNames {
 public:
  struct Region {
    std::string name;
    RegionId id;
    std::optional<Bytes> length;  ///< absent: only the run knows (heap), or up to a limit (stack)
  };

  /// The regions of a process that has just begun to execute `program`.
  explicit RegionNames(const Program& program)
      : regions_{{"text", kText, program.text},
                 {"data", kData, program.data},
                 {"bss", kBss, program.bss},
                 {"heap", kHeap, std::nullopt},
                 {"stack", kStack, std::nullopt}} {}

  const Region* find(std::string_view name) const {
    for (const Region& region : regions_) {
      if (region.name == name) return &region;
    }
    return nullptr;
  }
  void add(Region region) { regions_.push_back(std::move(region)); }

 private:
  std::vector<Region> regions_;
};

/// Element of `list` that is called `name`: its index.
template <class Element>
std::optional<std::uint32_t> index_of(const std::vector<Element>& list, std::string_view name) {
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    if (list[i].name == name) return i;
  }
  return std::nullopt;
}

}  // namespace tlmmu::scenario
