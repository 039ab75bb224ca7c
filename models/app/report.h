// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/stats/snapshot.h"

namespace tlmmu {

/// One screen that says how the machine did: translation, memory, paging, and where the time went.
std::string report(const stats::Snapshot& snapshot);

}  // namespace tlmmu
