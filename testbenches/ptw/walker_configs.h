// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ptw/ptw_config.h"

namespace tlmmu::testing {

/// Step latency 2, walk-cache latency 3 cycles of 1 ns; no walk cache unless a test adds one.
inline PtwConfig plain() {
  PtwConfig config;
  config.step_latency = Cycles(2);
  config.walk_cache_latency = Cycles(3);
  config.walk_cache = {{0, 1}, {0, 1}, {0, 1}};
  return config;
}
inline PtwConfig with_walk_cache(unsigned entries) {
  PtwConfig config = plain();
  config.walk_cache = {{entries, entries}, {entries, entries}, {entries, entries}};
  return config;
}

}  // namespace tlmmu::testing
