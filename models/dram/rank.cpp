// SPDX-License-Identifier: Apache-2.0
#include "models/dram/rank.h"

namespace tlmmu {

Cycles Rank::earliest_refresh() const {
  Cycles ready;
  for (const Bank& bank : banks) ready = std::max(ready, bank.earliest_activate());
  return ready;
}

}  // namespace tlmmu
