// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/address.h"
#include "models/config/visitor.h"

namespace tlmmu {

/// Section [memory]: how much of it the machine has. Only what is touched costs the host anything.
struct MemoryConfig {
  Bytes size = mebibytes(512);

  void describe(config::Visitor& v);
};

}  // namespace tlmmu
