// SPDX-License-Identifier: Apache-2.0
// What the programs that print ratios have in common.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "testbenches/bench/cpu_time.h"

namespace tlmmu {

/// What `measure()`, which returns plain bytes, finds in a process of its own.
template <class Measure>
auto in_child(Measure measure) {
  using Result = decltype(measure());
  int ends[2];
  if (::pipe(ends) != 0) std::abort();
  const pid_t child = ::fork();
  if (child == 0) {
    const Result result = measure();
    if (::write(ends[1], &result, sizeof result) != sizeof result) std::abort();
    ::_exit(0);
  }
  Result result{};
  if (::read(ends[0], &result, sizeof result) != sizeof result) std::abort();
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  return result;
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace tlmmu
