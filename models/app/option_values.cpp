// SPDX-License-Identifier: Apache-2.0
#include "models/app/option_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/base/error.h"
#include "models/config/value_syntax.h"

namespace tlmmu {

namespace {
constexpr Picoseconds kLongestInterval = milliseconds(1'000'000);
}

std::uint64_t parse_count_option(const char* option, const std::string& text) {
  const auto count = config::parse_count(text);
  if (!count || *count == 0) {
    throw InputError(fmt::format("{} {}: expected a count of at least 1, as in 10000, 500k or 10M",
                                 option, text));
  }
  return *count;
}

Picoseconds parse_interval(const std::string& text) {
  const auto interval = config::parse_time(text);
  if (!interval || *interval == Picoseconds(0) || *interval > kLongestInterval) {
    throw InputError(fmt::format(
        "--timeline-interval {}: expected a time from 1ps to 1000s, as in 100us or 1ms", text));
  }
  return *interval;
}

std::vector<std::uint64_t> parse_frames(const std::string& text) {
  std::vector<std::uint64_t> frames;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t end = std::min(text.find(',', from), text.size());
    const auto count = config::parse_count(text.substr(from, end - from));
    if (!count || *count == 0) {
      throw InputError(fmt::format(
          "--frames {}: expected counts of at least 1 with commas between, as in 16,64,1k", text));
    }
    frames.push_back(*count);
    from = end + 1;
  }
  return frames;
}

PageSize parse_page_size(const std::string& text) {
  for (const PageSize size : {PageSize::k4KiB, PageSize::k2MiB, PageSize::k1GiB}) {
    if (text == name_in(kPageSizeNames, size)) return size;
  }
  throw InputError(fmt::format("--page-size {}: expected 4KiB, 2MiB or 1GiB", text));
}

cosim::CycleRange parse_latency(const std::string& text) {
  constexpr std::uint64_t kMost = 1'000;
  const std::size_t dots = text.find("..");
  const auto least = config::parse_count(text.substr(0, dots));
  const auto most = dots == std::string::npos ? least : config::parse_count(text.substr(dots + 2));
  if (!least || !most || *least == 0 || *most < *least || *most > kMost) {
    throw InputError(fmt::format(
        "--memory-latency {}: expected cycles from 1 to {}, as in 5 or 1..40", text, kMost));
  }
  return {*least, *most};
}

}  // namespace tlmmu
