// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/enum_names.h"

namespace tlmmu::events {

/// What a TLB or a cache found.
enum class Lookup : std::uint8_t { hit, miss };
constexpr EnumName<Lookup> kLookupNames[] = {{Lookup::hit, "hit"}, {Lookup::miss, "miss"}};

}  // namespace tlmmu::events
