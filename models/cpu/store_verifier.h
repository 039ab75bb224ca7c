// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/cpu/expected_memory.h"
#include "models/stats/visitor.h"

namespace tlmmu {

struct VerifyStats {
  std::uint64_t stores_filled = 0;
  std::uint64_t loads_checked = 0;
  std::uint64_t bytes_checked = 0;
  std::uint64_t mismatches = 0;

  void describe(stats::Visitor& v) const {
    v.counter({"stores_filled", "stores", "that wrote a pattern"}, stores_filled);
    v.counter({"loads_checked", "loads", "of at least one byte that is known"}, loads_checked);
    v.counter({"bytes_checked", "bytes", "compared with what must be there"}, bytes_checked);
    v.counter({"mismatches", "loads", "that delivered something else"}, mismatches);
    v.law("mismatches = 0", mismatches, 0);
  }
};

/// Gives every store a pattern of its own and checks that loads see it again, through TLBs, caches,
/// DRAM and the swap disk, in every process that must see it. Remembers each byte that was stored,
/// so it costs the memory it checks.
class StoreVerifier {
 public:
  /// Fills `data` with the pattern of this store: a function of process, address and store count.
  void fill(std::uint32_t process, VirtualAddress address, unsigned char* data, std::size_t size);
  /// Checks what a load delivered. Of recorded processes, and of files, bytes that were never
  /// stored may be anything; other memory must be zero.
  void check(std::uint32_t process, VirtualAddress address, const unsigned char* data,
             std::size_t size);

  /// What the kernel has copied to a process or a file, on behalf of a process, is there from now
  /// on.
  void copied(std::uint32_t process, VirtualAddress address, const unsigned char* data,
              std::size_t size);
  void copied_to_file(kernel::FileId file, Bytes at, const unsigned char* data, std::size_t size);
  /// Checks what the kernel found in a file. No more than one page.
  void check_file(kernel::FileId file, Bytes at, const unsigned char* data, std::size_t size);

  /// See ExpectedMemory.
  ExpectedMemory& expected() { return expected_; }

  const VerifyStats& stats() const { return stats_; }
  /// Says where the first mismatch was and what was found, if there was one.
  const std::optional<std::string>& first_mismatch() const { return first_mismatch_; }

 private:
  /// Which byte is wrong, if any is.
  std::optional<std::size_t> compare(const ExpectedPage& page, std::size_t offset,
                                     const unsigned char* data, std::size_t size);

  ExpectedMemory expected_;
  VerifyStats stats_;
  std::optional<std::string> first_mismatch_;
};

}  // namespace tlmmu
