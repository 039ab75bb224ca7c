// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/arch/pte.h"
#include "models/reference/walk_case.h"

namespace tlmmu::reference {

/// An access of a walk to memory: a PTE that was read, or written when A or D was set.
struct PteAccess {
  enum class Kind : std::uint8_t { read, write };
  Kind kind;
  PhysicalAddress address;
  Pte pte;
  friend bool operator==(const PteAccess& a, const PteAccess& b) {
    return a.kind == b.kind && a.address == b.address && a.pte == b.pte;
  }
};

/// The physical memory of a walk case: PTE-wide words, of which absent ones are 0, in the ranges
/// where memory exists. It keeps the sequence of accesses; what is refused is none.
class CaseMemory {
 public:
  explicit CaseMemory(unsigned pte_bytes) : pte_bytes_(pte_bytes) {}

  unsigned pte_bytes() const { return pte_bytes_; }

  /// From the case itself: not an access.
  void set(const MemoryWord& word) { words_[word.address.value()] = word.value; }
  void add(const RamRange& range) { ranges_.push_back(range); }

  /// The PTE at `address`, aligned to its width; empty where there is no memory.
  std::optional<Pte> read(PhysicalAddress address);
  /// The same, as no access.
  std::optional<Pte> peek(PhysicalAddress address) const;
  /// Writes `desired` if `expected` is there, which is one access; it is a read if something else
  /// is there. Says what was there; empty where there is no memory.
  std::optional<Pte> compare_and_swap(PhysicalAddress address, Pte expected, Pte desired);

  /// Writes `pte`; false where there is no memory. Only a compare-and-swap writes, and its read
  /// came right before: both together are one access.
  bool write_after_read(PhysicalAddress address, Pte pte);

  /// The accesses since this was last asked.
  std::vector<PteAccess> take_accesses() { return std::exchange(accesses_, {}); }

 private:
  bool exists(PhysicalAddress address) const;
  Pte at(PhysicalAddress address) const;

  unsigned pte_bytes_;
  std::unordered_map<std::uint64_t, std::uint64_t> words_;  ///< by address; never iterated
  std::vector<RamRange> ranges_;
  std::vector<PteAccess> accesses_;
};

}  // namespace tlmmu::reference
