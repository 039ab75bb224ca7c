// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "models/base/address.h"
#include "models/stats/visitor.h"

namespace tlmmu {

struct VerifyStats {
  std::uint64_t stores_filled = 0;
  std::uint64_t loads_checked = 0;
  std::uint64_t bytes_checked = 0;
  std::uint64_t mismatches = 0;

  void describe(stats::Visitor& v) const {
    v.counter({"stores_filled", "stores", "that wrote a pattern"}, stores_filled);
    v.counter({"loads_checked", "loads", "of at least one byte that a store had written"},
              loads_checked);
    v.counter({"bytes_checked", "bytes", "compared with what was stored last"}, bytes_checked);
    v.counter({"mismatches", "loads", "that delivered something else"}, mismatches);
    v.law("mismatches = 0", mismatches, 0);
  }
};

/// Gives every store a pattern of its own and checks that loads see it again, through TLBs, caches,
/// DRAM and the swap disk. Remembers each byte that was stored, so it costs the memory it checks.
class StoreVerifier {
 public:
  /// Fills `data` with the pattern of this store: a function of process, address and store count.
  void fill(std::uint32_t process, VirtualAddress address, unsigned char* data, std::size_t size);
  /// Checks what a load delivered; bytes that were never stored may be anything.
  void check(std::uint32_t process, VirtualAddress address, const unsigned char* data,
             std::size_t size);

  const VerifyStats& stats() const { return stats_; }
  /// Says where the first mismatch was and what was found, if there was one.
  const std::optional<std::string>& first_mismatch() const { return first_mismatch_; }

 private:
  struct Page {
    std::array<unsigned char, kPageBytes.value()> bytes{};
    std::bitset<kPageBytes.value()> stored;
  };
  Page& page_of(std::uint32_t process, VirtualAddress address);

  std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;  // never iterated
  VerifyStats stats_;
  std::optional<std::string> first_mismatch_;
};

}  // namespace tlmmu
