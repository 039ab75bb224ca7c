// SPDX-License-Identifier: Apache-2.0
// Words of the walk case's text that the parser reads and to_text() writes.
#pragma once

#include "models/arch/privilege.h"
#include "models/base/access_type.h"
#include "models/base/enum_names.h"

namespace tlmmu::reference {

constexpr EnumName<AccessType> kTypeLetters[] = {
    {AccessType::load, "R"},
    {AccessType::store, "W"},
    {AccessType::fetch, "X"},
};
constexpr EnumName<Sum> kSumDigits[] = {{Sum::forbidden, "0"}, {Sum::permitted, "1"}};
constexpr EnumName<Mxr> kMxrDigits[] = {{Mxr::off, "0"}, {Mxr::on, "1"}};

constexpr const char* kNoFence = "_nofence";  ///< after the name of a CSR
constexpr const char* kAbsent = "-";          ///< in the place of an address

}  // namespace tlmmu::reference
