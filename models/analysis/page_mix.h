// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "models/base/access_type.h"

namespace tlmmu::analysis {

/// What a program does with a page, over the whole trace. Each page has exactly one use.
enum class PageUse : std::uint8_t {
  fetched,              ///< fetched from and nothing else: code
  fetched_and_read,     ///< code with constants
  read,                 ///< read only
  written,              ///< written, perhaps read: data
  fetched_and_written,  ///< written and executed: code that is made or changed while it runs
};
constexpr std::uint32_t kPageUses = 5;

constexpr EnumName<PageUse> kPageUseNames[] = {
    {PageUse::fetched, "fetched"},
    {PageUse::fetched_and_read, "fetched_and_read"},
    {PageUse::read, "read"},
    {PageUse::written, "written"},
    {PageUse::fetched_and_written, "fetched_and_written"},
};

/// The access types that a page has met.
class TypesSeen {
 public:
  void add(AccessType type) {
    mask_ = static_cast<std::uint8_t>(mask_ | (1U << static_cast<unsigned>(type)));
  }
  void add(TypesSeen types) { mask_ = static_cast<std::uint8_t>(mask_ | types.mask_); }
  constexpr bool has(AccessType type) const {
    return ((mask_ >> static_cast<unsigned>(type)) & 1U) != 0;
  }
  /// Holds at least one type.
  constexpr PageUse use() const {
    if (has(AccessType::store)) {
      return has(AccessType::fetch) ? PageUse::fetched_and_written : PageUse::written;
    }
    if (!has(AccessType::fetch)) return PageUse::read;
    return has(AccessType::load) ? PageUse::fetched_and_read : PageUse::fetched;
  }

 private:
  std::uint8_t mask_ = 0;
};

/// Pages by use.
using PageMix = std::array<std::uint64_t, kPageUses>;
/// References by AccessType.
using TypeCounts = std::array<std::uint64_t, 3>;

}  // namespace tlmmu::analysis
