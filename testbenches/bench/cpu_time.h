// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ctime>

namespace tlmmu {

/// CPU time of this process in seconds: what others do on the host does not count.
inline double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace tlmmu
