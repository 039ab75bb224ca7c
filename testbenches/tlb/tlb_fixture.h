// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/tlb/tlb_array.h"

namespace tlmmu::tlb_test {

constexpr std::uint8_t kUserData =
    PteFlags::kV | PteFlags::kR | PteFlags::kW | PteFlags::kU | PteFlags::kA | PteFlags::kD;
constexpr std::uint8_t kGlobalData = kUserData | PteFlags::kG;

/// A fully associative array of 8 entries that keeps all sizes, where a test does not say
/// otherwise.
inline TlbConfig config_of(std::uint64_t entries = 8, std::uint64_t ways = 8) {
  TlbConfig config;
  config.entries = entries;
  config.ways = ways;
  return config;
}

/// The entry of the page of `size` at `address`, which the frame at the same address backs.
inline TlbEntry entry_of(std::uint64_t address, std::uint16_t asid, PageSize size = PageSize::k4KiB,
                         std::uint8_t flags = kUserData) {
  const Vpn vpn = align_down(VirtualAddress(address).page(), size);
  return {{vpn, Ppn(vpn.value()), size, PteFlags(flags)}, Asid(asid)};
}

inline std::optional<TlbEntry> look_up(TlbArray& array, std::uint64_t address, std::uint16_t asid) {
  const TlbEntry* entry = array.lookup(VirtualAddress(address), Asid(asid));
  if (entry == nullptr) return std::nullopt;
  return *entry;
}

/// Inserts and returns what was removed because it answered for the same page.
inline std::vector<TlbEntry> put(TlbArray& array, const TlbEntry& entry) {
  std::vector<TlbEntry> superseded;
  array.insert(entry, [&](const TlbEntry& old) { superseded.push_back(old); });
  return superseded;
}

inline std::vector<TlbEntry> fence(TlbArray& array, const Fence& what) {
  std::vector<TlbEntry> removed;
  array.fence(what, [&](const TlbEntry& old) { removed.push_back(old); });
  return removed;
}

}  // namespace tlmmu::tlb_test
