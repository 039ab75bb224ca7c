// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "models/arch/paging_mode.h"
#include "models/base/random.h"
#include "models/cosim/environment.h"
#include "models/cosim/walk_record.h"

namespace tlmmu::cosim {

/// Where there is memory.
struct MemoryRange {
  Ppn first{0};
  std::uint64_t frames = 0;  ///< a multiple of 8; 0: everywhere
};

/// Physical memory full of random page tables, of which each PTE is made when it is first read:
/// mostly right, some damaged by one bit. Some pages do not exist, some are denied by PMP. It costs
/// the same however large the tables are.
class RandomMemory : public Environment {
 public:
  explicit RandomMemory(const PagingMode& mode, MemoryRange range = {})
      : mode_(mode), range_(range) {}

  /// Whether address spaces share their tables, of which some are global, or have their own.
  enum class Sharing : std::uint8_t { one_root, root_each };
  /// Forgets everything; from now on other tables.
  void renew(std::uint64_t seed, Sharing sharing);
  Sharing sharing() const { return sharing_; }

  /// The root table of address space number `space`.
  Ppn root(std::uint16_t space) const;
  /// Another agent flips a bit of a PTE that was read lately; if it can be one that points to a
  /// table, walkers have to be fenced.
  void damage();

  /// From now on the PTEs that are asked for are kept; forgets those before.
  void keep_log();
  const AskedPtes& log() const { return log_; }

  std::optional<Pte> read(PhysicalAddress address) override;
  std::optional<Pte> compare_and_swap(PhysicalAddress address, Pte expected, Pte desired) override;
  bool permits(PhysicalAddress address, AccessType type) override;

 private:
  std::uint64_t make(std::uint64_t address) const;
  std::uint64_t make_pointer(std::uint64_t dice, unsigned level) const;
  std::uint64_t make_leaf(std::uint64_t dice, unsigned level) const;
  unsigned pte_width() const { return 8 * mode_.pte_bytes; }
  std::uint64_t word_mask() const;
  bool exists(std::uint64_t address) const;
  /// The frame of a table of `level`, by a random number.
  Ppn place(std::uint64_t number, unsigned level) const;
  void note(PhysicalAddress address, AskedPte::Answer answer, Pte value = Pte());

  const PagingMode& mode_;
  const MemoryRange range_;
  std::uint64_t seed_ = 0;
  Sharing sharing_ = Sharing::root_each;
  Random random_{0};
  std::unordered_map<std::uint64_t, std::uint64_t> changed_;  ///< by address; never iterated
  AskedPtes log_;
  bool keeps_log_ = false;
  std::uint64_t latest_ = 0;  ///< address that was read last
};

}  // namespace tlmmu::cosim
