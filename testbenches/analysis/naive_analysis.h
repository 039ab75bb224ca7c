// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "models/base/random.h"

namespace tlmmu::analysis {

// The definitions, as plainly as they can be written: O(n) for each reference and more.

using String = std::vector<std::uint64_t>;  ///< a reference string: page numbers

/// LRU stack distances; 0 for first references.
inline std::vector<std::uint32_t> naive_distances(const String& string) {
  std::vector<std::uint32_t> distances;
  std::vector<std::uint64_t> stack;
  for (const std::uint64_t page : string) {
    const auto place = std::find(stack.begin(), stack.end(), page);
    const auto depth = static_cast<std::uint32_t>(place - stack.begin());
    distances.push_back(place == stack.end() ? 0 : depth + 1);
    if (place != stack.end()) stack.erase(place);
    stack.insert(stack.begin(), page);
  }
  return distances;
}

/// When the page at `i` is referenced next; the largest number if never.
inline std::size_t naive_next_use(const String& string, std::size_t now, std::uint64_t page) {
  const auto from = string.begin() + static_cast<std::ptrdiff_t>(now) + 1;
  const auto next = std::find(from, string.end(), page);
  return next == string.end() ? std::numeric_limits<std::size_t>::max()
                              : static_cast<std::size_t>(next - string.begin());
}

inline std::uint64_t naive_opt_faults(const String& string, std::size_t frames) {
  std::vector<std::uint64_t> memory;
  std::uint64_t faults = 0;
  for (std::size_t now = 0; now < string.size(); ++now) {
    if (std::find(memory.begin(), memory.end(), string[now]) != memory.end()) continue;
    ++faults;
    if (memory.size() < frames) {
      memory.push_back(string[now]);
      continue;
    }
    *std::max_element(memory.begin(), memory.end(), [&](std::uint64_t a, std::uint64_t b) {
      return naive_next_use(string, now, a) < naive_next_use(string, now, b);
    }) = string[now];
  }
  return faults;
}

/// Of every page's references in a segment the first and the last; a segment ends before its
/// distinct page number `frames` + 1.
inline String naive_reduced(const String& string, std::size_t frames) {
  String reduced;
  const auto close = [&](const String& segment) {
    for (auto at = segment.begin(); at != segment.end(); ++at) {
      const bool first = std::find(segment.begin(), at, *at) == at;
      const bool last = std::find(at + 1, segment.end(), *at) == segment.end();
      if ((first || last) && (reduced.empty() || reduced.back() != *at)) reduced.push_back(*at);
    }
  };
  String segment;
  std::size_t pages = 0;
  for (const std::uint64_t page : string) {
    const bool is_new = std::find(segment.begin(), segment.end(), page) == segment.end();
    if (is_new && pages++ == frames) {
      close(segment);
      segment.clear();
      pages = 1;
    }
    segment.push_back(page);
  }
  close(segment);
  return reduced;
}

/// The average size of the working set W(t, window), from all working sets.
inline double naive_working_set(const String& string, std::uint64_t window) {
  std::uint64_t sizes = 0;
  for (std::size_t now = 0; now < string.size(); ++now) {
    const std::size_t from = now + 1 > window ? now + 1 - static_cast<std::size_t>(window) : 0;
    String set(string.begin() + static_cast<std::ptrdiff_t>(from),
               string.begin() + static_cast<std::ptrdiff_t>(now) + 1);
    std::sort(set.begin(), set.end());
    sizes += static_cast<std::uint64_t>(std::unique(set.begin(), set.end()) - set.begin());
  }
  return static_cast<double>(sizes) / static_cast<double>(string.size());
}

/// References to pages that were not referenced in the `window` references before.
inline std::uint64_t naive_working_set_misses(const String& string, std::size_t window) {
  std::uint64_t misses = 0;
  for (std::size_t now = 0; now < string.size(); ++now) {
    const auto end = string.begin() + static_cast<std::ptrdiff_t>(now);
    const auto begin = end - static_cast<std::ptrdiff_t>(std::min(now, window));
    misses += std::find(begin, end, string[now]) == end ? 1 : 0;
  }
  return misses;
}

/// A string with what real ones have: repeats, small loops, and jumps to any of `pages` pages.
inline String random_string(Random& random, std::size_t length, std::uint64_t pages) {
  String string;
  while (string.size() < length) {
    const std::uint64_t first = random.below(pages);
    const std::uint64_t span = 1 + random.below(std::min<std::uint64_t>(pages, 12));
    for (std::uint64_t left = random.below(30); left > 0; --left) {
      const std::uint64_t page = (first + random.below(span)) % pages;
      const std::size_t times = random.below(4) == 0 ? 1 + random.below(5) : 1;
      string.insert(string.end(), times, page);
    }
  }
  string.resize(length);
  return string;
}

}  // namespace tlmmu::analysis
