// SPDX-License-Identifier: Apache-2.0
#include "models/replacement/srrip.h"

#include <algorithm>

namespace tlmmu::replacement {

Slot Srrip::victim(Set set) {
  std::uint8_t* const first = &intervals_[geometry_.slot(set, 0).value()];
  std::uint8_t* const last = first + geometry_.ways;
  // aging one step at a time until one is distant is the same as aging by the farthest's gap
  std::uint8_t* const chosen = std::max_element(first, last);
  if (const auto gap = static_cast<std::uint8_t>(kDistant - *chosen); gap != 0) {
    for (std::uint8_t* way = first; way != last; ++way)
      *way = static_cast<std::uint8_t>(*way + gap);
  }
  return geometry_.slot(set, static_cast<std::uint32_t>(chosen - first));
}

}  // namespace tlmmu::replacement
