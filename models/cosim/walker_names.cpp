// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "models/base/error.h"
#include "models/cosim/rtl_walker.h"

namespace tlmmu::cosim {

const WalkerKind& require_walker(const std::string& option, const std::string& name) {
  std::string names;
  for (const WalkerKind& kind : walker_kinds()) {
    if (kind.name == name) return kind;
    names += (names.empty() ? "" : ", ") + kind.name;
  }
  throw InputError(fmt::format("{} {}: expected one of {}", option, name, names));
}

}  // namespace tlmmu::cosim
