// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace tlmmu {

/// A signal that a layout of GTKWave shows: its name and, of more than one bit, "[63:0]".
struct LayoutSignal {
  std::string name;
  std::string range;
};

/// Every signal of a `.gtkw` file, in its order; none if it cannot be read. Their lines are
/// "+{alias} name[63:0]".
inline std::vector<LayoutSignal> layout_signals(const std::string& path) {
  std::ifstream in(path);
  std::vector<LayoutSignal> signals;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("+{", 0) != 0) continue;
    const std::string signal = line.substr(line.find_last_of(' ') + 1);
    const std::size_t end = std::min(signal.find('['), signal.size());
    signals.push_back({signal.substr(0, end), signal.substr(end)});
  }
  return signals;
}

inline std::vector<std::string> names_of(const std::vector<LayoutSignal>& signals) {
  std::vector<std::string> names;
  for (const LayoutSignal& signal : signals) names.push_back(signal.name);
  return names;
}

}  // namespace tlmmu
