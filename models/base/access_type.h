// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/enum_names.h"

namespace tlmmu {

/// What an access wants to do with the bytes at its address.
enum class AccessType : std::uint8_t { fetch, load, store };

constexpr EnumName<AccessType> kAccessTypeNames[] = {
    {AccessType::fetch, "fetch"},
    {AccessType::load, "load"},
    {AccessType::store, "store"},
};

}  // namespace tlmmu
