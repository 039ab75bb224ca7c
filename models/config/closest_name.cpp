// SPDX-License-Identifier: Apache-2.0
#include "models/config/closest_name.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

namespace tlmmu::config {

namespace {

/// Letters to insert, remove or change (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substituted}));
    }
  }
  return row.back();
}

}  // namespace

void ClosestName::offer(const std::string& name) {
  const std::size_t distance = edit_distance(wanted_, name);
  if (distance >= distance_) return;
  distance_ = distance;
  closest_ = name;
}

std::string ClosestName::question() const {
  return closest_.empty() ? "" : "; did you mean " + closest_ + "?";
}

}  // namespace tlmmu::config
