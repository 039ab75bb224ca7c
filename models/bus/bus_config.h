// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/quantity.h"
#include "models/config/visitor.h"

namespace tlmmu {

/// [bus]
struct BusConfig {
  Cycles latency{8};

  void describe(config::Visitor& v) {
    v.number({"latency", "cycles of the CPU clock that each transaction takes through the router"},
             latency, {0, 1'000'000});
  }
};

}  // namespace tlmmu
