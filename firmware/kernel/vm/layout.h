// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/settings.h"
#include "firmware/kernel/vm/area_tree.h"

namespace tlmmu::kernel {

/// Every process looks the same: the program at the bottom, its heap above it, mapped files and
/// segments from the middle of the lower half upwards, the stack at its end, growing down. A page
/// at the very end stays empty, so that what runs past the stack faults.
///
///     0        program  heap ->        | mapped ->              <- stack | empty |
///     +---------+--------+-------------+-------------------------+-------+-------+
///                                      half                                     end
constexpr Vpn user_end(const PagingMode& mode) {
  return Vpn(mode.user_half().value() >> kPageShift);
}

constexpr Vpn stack_top(const PagingMode& mode) {
  return Vpn(user_end(mode).value() - 1);
}

inline Vpn stack_lowest(const PagingMode& mode, const Settings& settings) {
  const std::uint64_t most = user_end(mode).value() / 4;
  const std::uint64_t limit = settings.stack_limit < most ? settings.stack_limit : most;
  return Vpn(stack_top(mode).value() - limit);
}

/// Where mmap and shmat look for room.
inline PageRange mmap_region(const PagingMode& mode, const Settings& settings) {
  return {Vpn(user_end(mode).value() / 2), stack_lowest(mode, settings)};
}

/// Where the kernel sees a frame of memory: physical memory begins where the upper half does.
/// Nothing for what does not fit there (Sv32: beyond 2 GiB).
inline std::optional<VirtualAddress> linear_address(const PagingMode& mode,
                                                    const Settings& settings, Ppn frame) {
  const std::uint64_t reach = bytes_of(mode.page_size(mode.levels - 1)).value();
  const std::uint64_t first = settings.memory_base.value() / reach * reach;
  const std::uint64_t offset = address_of(frame).value() - first;
  const std::uint64_t half = mode.user_half().value();
  if (offset >= half) return std::nullopt;
  return VirtualAddress((low_mask(mode.xlen) & ~(half - 1)) + offset);
}

}  // namespace tlmmu::kernel
