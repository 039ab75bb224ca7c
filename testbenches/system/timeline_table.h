// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace tlmmu {

/// One block of a timeline's CSV file: its columns by name, each with a value per row.
using TimelineBlock = std::map<std::string, std::vector<double>>;

/// The blocks of what `tlmmu run --timeline` wrote, by name. Rows of another length than the header
/// make a test fail.
std::map<std::string, TimelineBlock> timeline_blocks(const std::string& csv);

/// The sum of a column; 0 if there is none.
double sum_of(const TimelineBlock& block, const std::string& column);

}  // namespace tlmmu
