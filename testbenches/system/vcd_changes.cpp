// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/vcd_changes.h"

#include <gtest/gtest.h>

#include <sstream>

namespace tlmmu {

std::map<std::string, std::vector<std::string>> changes_in(const std::string& vcd) {
  std::map<std::string, std::vector<std::string>> changes;
  std::map<std::string, std::string> names;
  std::string scope;
  std::uint64_t now = 0;
  std::istringstream in(vcd);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string first;
    std::string second;
    std::string third;
    std::string fourth;
    std::string fifth;
    words >> first >> second >> third >> fourth >> fifth;
    if (first == "$scope") scope += third + ".";
    if (first == "$upscope") scope.erase(scope.find_last_of('.', scope.size() - 2) + 1);
    if (first == "$var") {
      names[fourth] = scope + fifth;
      changes[scope + fifth];
    }
    if (line[0] == '#') {
      EXPECT_LE(now, std::stoull(line.substr(1)));
      now = std::stoull(line.substr(1));
    }
    if (line[0] == 'b' || line[0] == 's') {
      changes[names[line.substr(line.find(' ') + 1)]].push_back(line.substr(1, line.find(' ') - 1));
    }
  }
  return changes;
}

}  // namespace tlmmu
