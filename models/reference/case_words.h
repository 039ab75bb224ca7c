// SPDX-License-Identifier: Apache-2.0
// Words of the walk case's text that the parser reads and to_text() writes.
#pragma once

#include <string>

#include "models/base/access_type.h"
#include "models/base/enum_names.h"

namespace tlmmu::reference {

constexpr EnumName<AccessType> kTypeLetters[] = {
    {AccessType::load, "R"},
    {AccessType::store, "W"},
    {AccessType::fetch, "X"},
};

constexpr const char* kNoFence = "_nofence";  ///< after the name of a CSR
inline const std::string kAbsent = "-";       ///< in the place of an operand

}  // namespace tlmmu::reference
