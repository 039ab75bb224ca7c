// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tlmmu {

/// Settings that give the model's walk cache the size of the hardware's, of which the project's own
/// walkers have two.
inline std::vector<std::string> hardware_walk_cache(const std::string& ad_update) {
  const bool none = ad_update != "hardware";
  std::vector<std::string> words;
  for (const char* level : {"level1", "level2", "level3", "level4"}) {
    const std::string section = std::string("mmu.ptw.walk_cache.") + level;
    words.insert(words.end(), {"--set", section + (none ? ".entries=0" : ".entries=4")});
    if (none) continue;
    words.insert(words.end(), {"--set", section + ".ways=4"});
    words.insert(words.end(), {"--set", section + ".replacement=tree_plru"});
  }
  return words;
}

}  // namespace tlmmu
