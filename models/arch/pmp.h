// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "models/arch/pmp_entry.h"
#include "models/arch/privilege.h"
#include "models/base/address.h"

namespace tlmmu {

/// Bits of a pmpaddr register: it holds bits 33..2 of an address on RV32 and bits 55..2 on RV64.
enum class PmpAddressBits : std::uint8_t { rv32 = 32, rv64 = 54 };

enum class PmpVerdict : std::uint8_t { allowed, denied };

/// The physical memory protection of one hart (privileged architecture, "Physical Memory
/// Protection", whose paragraphs the comments name): 16 entries with a granularity of 4 bytes.
/// Entry numbers are below kEntries. Reset is a new object.
class Pmp {
 public:
  static constexpr std::size_t kEntries = 16;

  constexpr explicit Pmp(PmpAddressBits address_bits = PmpAddressBits::rv64)
      : address_bits_(static_cast<unsigned>(address_bits)) {}

  /// Whether a register was ever written, even if the write was ignored. Until then the hart counts
  /// as one without PMP, where everything is allowed; from then on it implements all entries.
  constexpr bool active() const { return active_; }

  /// Writes the byte of entry `index` in its pmpcfg register. A locked entry ignores it ("Locking
  /// and Privilege Mode").
  constexpr void write_cfg(std::size_t index, std::uint8_t raw) {
    active_ = true;
    if (cfg_[index].l()) return;
    cfg_[index] = PmpCfg::legalized(raw);
    decode();
  }

  /// Writes pmpaddr`index`; bits that do not exist read 0. Ignored where the entry is locked, or
  /// where the next one is locked and TOR, for this is its lower end ("Locking and Privilege
  /// Mode").
  constexpr void write_addr(std::size_t index, std::uint64_t raw) {
    active_ = true;
    if (is_addr_locked(index)) return;
    addr_[index] = raw & low_mask(address_bits_);
    decode();
  }

  constexpr PmpCfg cfg(std::size_t index) const { return cfg_[index]; }
  constexpr std::uint64_t addr(std::size_t index) const { return addr_[index]; }

  /// Whether a hart at `privilege`, the effective one of the access, may do `type` to `length`
  /// bytes from `address` on: at least one, and not beyond the end of the address space. What a
  /// page-table walk does to PTEs are supervisor loads and stores, whoever asked for the walk.
  constexpr PmpVerdict check(PhysicalAddress address, Bytes length, AccessType type,
                             Privilege privilege) const {
    if (!active_) return PmpVerdict::allowed;
    const std::uint64_t first = address.value();
    return judge({first, first + (length.value() - 1)}, type, privilege);
  }

 private:
  struct Entry {
    PmpRange range;
    PmpCfg cfg;
  };

  /// "Priority and Matching Logic", sentence by sentence.
  constexpr PmpVerdict judge(PmpRange access, AccessType type, Privilege privilege) const {
    for (std::size_t i = 0; i < matching_; ++i) {
      const PmpRange range = entries_[i].range;
      const PmpCfg cfg = entries_[i].cfg;
      // The lowest-numbered entry that matches any byte decides.
      if (access.last < range.first || range.last < access.first) continue;
      // It must match all bytes, whatever L, R, W and X are.
      if (access.first < range.first || range.last < access.last) return PmpVerdict::denied;
      // R, W and X bind M only where L is set.
      const bool unbound = privilege == Privilege::machine && !cfg.l();
      return unbound || cfg.permits(type) ? PmpVerdict::allowed : PmpVerdict::denied;
    }
    // Where no entry matches, M may; S and U may not, as entries are implemented.
    return privilege == Privilege::machine ? PmpVerdict::allowed : PmpVerdict::denied;
  }

  constexpr bool is_addr_locked(std::size_t index) const {
    if (cfg_[index].l()) return true;
    if (index + 1 == kEntries) return false;
    return cfg_[index + 1].l() && cfg_[index + 1].matching() == PmpMatching::tor;
  }

  /// Writes are rare and checks are not: the ranges are worked out at each write.
  constexpr void decode() {
    matching_ = 0;
    for (std::size_t i = 0; i < kEntries; ++i) {
      const std::uint64_t previous = i == 0 ? 0 : addr_[i - 1];
      const auto range = pmp_range(cfg_[i].matching(), {previous, addr_[i], address_bits_});
      if (!range) continue;
      entries_[matching_] = Entry{*range, cfg_[i]};
      ++matching_;
    }
  }

  unsigned address_bits_;
  bool active_ = false;
  std::size_t matching_ = 0;               ///< how many of entries_ are in use
  std::array<Entry, kEntries> entries_{};  ///< those that match something, lowest-numbered first
  std::array<PmpCfg, kEntries> cfg_{};
  std::array<std::uint64_t, kEntries> addr_{};
};

}  // namespace tlmmu
