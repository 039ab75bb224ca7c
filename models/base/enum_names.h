// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tlmmu {

/// One row of the table that gives an enumeration its names in configuration, statistics and waves.
/// Each enumeration that users see has one such table beside it, named kThingNames.
template <class Enum>
struct EnumName {
  Enum value;
  const char* name;
};

/// The name of `value` in its table; "?" if the table lacks it (a test keeps tables complete).
template <class Enum, unsigned long N>
constexpr const char* name_in(const EnumName<Enum> (&names)[N], Enum value) {
  for (const auto& entry : names) {
    if (entry.value == value) return entry.name;
  }
  return "?";
}

}  // namespace tlmmu
