// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "models/base/quantity.h"

namespace tlmmu {

/// The last of several times. (std::max of a list builds the list in memory, which shows here.)
inline Cycles latest(Cycles a, Cycles b) {
  return std::max(a, b);
}
template <class... More>
Cycles latest(Cycles a, Cycles b, More... more) {
  return latest(std::max(a, b), more...);
}

}  // namespace tlmmu
