// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/page_size.h"
#include "models/base/quantity.h"
#include "models/cosim/walker_bench.h"

namespace tlmmu {

// The values of options, from what was typed. Each throws InputError that names the option, what
// was found, and what was expected.

/// At least 1: "10000", "500k", "10M".
std::uint64_t parse_count_option(const char* option, const std::string& text);
/// --timeline-interval: 1 ps to 1000 s.
Picoseconds parse_interval(const std::string& text);
/// --frames: counts of at least 1 with commas between.
std::vector<std::uint64_t> parse_frames(const std::string& text);
/// --page-size: "4KiB", "2MiB" or "1GiB".
PageSize parse_page_size(const std::string& text);
/// --memory-latency: cycles, "A..B" or "A".
cosim::CycleRange parse_latency(const std::string& text);

}  // namespace tlmmu
