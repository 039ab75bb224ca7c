// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "models/arch/paging_mode.h"
#include "models/arch/pte.h"
#include "models/arch/translation.h"

namespace tlmmu::testing {

/// Flags that tests use for most leaves: everything allowed to user code, A and D already set.
constexpr PteFlags kUserPage{PteFlags::kV | PteFlags::kR | PteFlags::kW | PteFlags::kX |
                             PteFlags::kU | PteFlags::kA | PteFlags::kD};

/// Builds the page tables of one address space in words of its own, which stand for physical
/// memory. Tables are taken from consecutive frames, the root first; a G stage's root is four.
class PageTableBuilder {
 public:
  explicit PageTableBuilder(PagingModeName mode, Ppn first_table = Ppn(0x80000))
      : mode_(paging_mode(mode)), root_(first_table) {
    for (unsigned page = 0; page < 1U << mode_.root_extra_bits; ++page) new_table();
  }

  const PagingMode& mode() const { return mode_; }
  AddressSpace space(Asid asid = Asid(0)) const { return {mode_.name, root_, asid}; }
  std::size_t tables() const { return tables_.size(); }

  /// Maps the page of `size` at `address` to `frame`; makes the tables on the way. Returns where
  /// the leaf PTE is. `address` must not lie below a superpage that is already mapped.
  PhysicalAddress map(VirtualAddress address, Ppn frame, PageSize size = PageSize::k4KiB,
                      PteFlags flags = kUserPage) {
    PhysicalAddress at = pte_address(root_, address, mode_.levels - 1);
    for (unsigned level = mode_.levels - 1; mode_.page_size(level) != size; --level) {
      if (!read(at)->flags().v()) write(at, Pte(new_table(), PteFlags(PteFlags::kV)));
      at = pte_address(read(at)->ppn(), address, level - 1);
    }
    write(at, Pte(frame, flags));
    return at;
  }

  /// Maps the 64 KiB around `address` to the 16 frames from `frame`, which is a multiple of 16:
  /// 16 PTEs alike (Svnapot).
  void map_64kib(VirtualAddress address, Ppn frame, PteFlags flags = kUserPage) {
    const Vpn first = align_down(address.page(), PageSize::k64KiB);
    const Pte leaf(Pte(Ppn(frame.value() | 8U), flags).raw() | std::uint64_t{1} << 63U);
    for (std::uint64_t i = 0; i < 16; ++i) {
      write(map(address_of(Vpn(first.value() + i)), frame), leaf);
    }
  }

  /// Where the PTE of `address` at `level` is; the tables above it must exist.
  PhysicalAddress pte_at(VirtualAddress address, unsigned level) const {
    Ppn table = root_;
    for (unsigned above = mode_.levels - 1; above > level; --above) {
      table = read(pte_address(table, address, above))->ppn();
    }
    return pte_address(table, address, level);
  }

  /// The 4 KiB leaf PTE of `address` if it is mapped.
  std::optional<Pte> find(VirtualAddress address) const {
    Ppn table = root_;
    for (unsigned level = mode_.levels - 1;; --level) {
      const Pte pte = *read(pte_address(table, address, level));
      if (!pte.flags().v()) return std::nullopt;
      if (level == 0) return pte;
      table = pte.ppn();
    }
  }

  /// The word at `address`; empty where no table is.
  std::optional<Pte> read(PhysicalAddress address) const {
    const std::size_t table = index_of(address.page());
    if (table >= tables_.size()) return std::nullopt;
    return tables_[table][address.page_offset().value() / mode_.pte_bytes];
  }
  /// Writes a word of an existing table; false where no table is.
  bool write(PhysicalAddress address, Pte pte) {
    const std::size_t table = index_of(address.page());
    if (table >= tables_.size()) return false;
    tables_[table][address.page_offset().value() / mode_.pte_bytes] = pte;
    return true;
  }

 private:
  using Table = std::array<Pte, 1024>;  // Sv32 fills it, the others half of it

  Ppn new_table() {
    tables_.emplace_back();
    return Ppn(root_.value() + tables_.size() - 1);
  }
  std::size_t index_of(Ppn table) const { return table.value() - root_.value(); }
  PhysicalAddress pte_address(Ppn table, VirtualAddress address, unsigned level) const {
    return address_of(table) + Bytes(mode_.index(address, level) * mode_.pte_bytes);
  }

  PagingMode mode_;
  Ppn root_;
  std::vector<Table> tables_;
};

}  // namespace tlmmu::testing
