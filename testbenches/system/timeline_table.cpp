// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/timeline_table.h"

#include <gtest/gtest.h>

#include <numeric>
#include <sstream>

namespace tlmmu {

namespace {

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> result;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) result.push_back(cell);
  return result;
}

}  // namespace

std::map<std::string, TimelineBlock> timeline_blocks(const std::string& csv) {
  std::map<std::string, TimelineBlock> blocks;
  TimelineBlock* block = nullptr;
  std::vector<std::string> columns;
  std::istringstream in(csv);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (line.front() == '#') {
      block = &blocks[line.substr(2)];
      columns.clear();
    } else if (columns.empty()) {
      columns = cells(line);
    } else {
      const auto values = cells(line);
      EXPECT_EQ(values.size(), columns.size()) << line;
      for (std::size_t i = 0; i < std::min(values.size(), columns.size()); ++i) {
        (*block)[columns[i]].push_back(std::stod(values[i]));
      }
    }
  }
  return blocks;
}

double sum_of(const TimelineBlock& block, const std::string& column) {
  const auto found = block.find(column);
  if (found == block.end()) return 0;
  return std::accumulate(found->second.begin(), found->second.end(), 0.0);
}

}  // namespace tlmmu
