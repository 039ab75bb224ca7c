// SPDX-License-Identifier: Apache-2.0
// Random page tables whose words lie scattered over physical memory.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "models/arch/paging_mode.h"
#include "testbenches/conformance/dice.h"

namespace tlmmu::testing {

/// Physical memory's words that are not 0, by address.
using Words = std::map<std::uint64_t, std::uint64_t>;

/// What the random cases of one hart have in common.
struct HartTraits {
  PagingModeName deepest = PagingModeName::sv39;
  bool svadu = false;
  bool svnapot = false;
  bool svpbmt = false;
  bool several_asids = false;  ///< then nothing is global

  bool rv32() const { return deepest == PagingModeName::sv32; }
  unsigned ppn_bits() const { return rv32() ? 22 : 44; }
};

/// A leaf without its frame: flags of a page that is mostly usable by user code, or by supervisor
/// code.
std::uint64_t random_leaf(Dice& dice, const HartTraits& hart, bool user);
/// The same for the G stage.
std::uint64_t random_g_stage_leaf(Dice& dice, const HartTraits& hart);
/// A frame for a table. Such numbers differ in two bits at least, so that a pointer with one wrong
/// bit leads to no other table.
std::uint64_t random_frame(Dice& dice, unsigned bits);

/// A PTE of a tree.
struct PlacedPte {
  std::uint64_t where;    ///< in physical memory
  std::uint64_t address;  ///< one that it translates
  unsigned level;
  unsigned aliases = 1;         ///< PTEs alike that follow one another (Svnapot: 16)
  bool reaches_tables = false;  ///< of the G stage: VS-stage tables are behind it
};

/// Where a tree's tables are: frames in its own address space.
class TableFrames {
 public:
  virtual ~TableFrames() = default;
  virtual std::uint64_t new_table() = 0;
  /// Where a tree's address is in physical memory, or beyond all of that.
  virtual std::uint64_t physical(std::uint64_t address) const = 0;
};

/// The page table of one address space.
class RandomTree {
 public:
  RandomTree(PagingModeName mode, std::uint64_t root_frame, TableFrames& frames, Words& words)
      : mode_(paging_mode(mode)), root_(root_frame), frames_(frames), words_(words) {}

  const PagingMode& mode() const { return mode_; }
  std::uint64_t root() const { return root_; }

  /// Maps the page of `level` around `address` by `leaf`, a PTE; one with N by 16 of them. False,
  /// and nothing is mapped, where something is in the way.
  bool map(std::uint64_t address, unsigned level, std::uint64_t leaf, Dice& dice);

  struct Leaf {
    std::size_t placed;   ///< which of placed()
    std::uint64_t frame;  ///< of the page around the address
  };
  std::optional<Leaf> find(std::uint64_t address) const;

  std::vector<PlacedPte>& placed() { return placed_; }
  const std::vector<PlacedPte>& placed() const { return placed_; }

 private:
  std::uint64_t pte_at(std::uint64_t frame, std::uint64_t address, unsigned level) const;
  std::uint64_t word(std::uint64_t where) const;

  PagingMode mode_;
  std::uint64_t root_;
  TableFrames& frames_;
  Words& words_;
  std::vector<PlacedPte> placed_;
};

/// Tables in physical memory.
class PhysicalFrames : public TableFrames {
 public:
  PhysicalFrames(Dice& dice, const HartTraits& hart) : dice_(dice), hart_(hart) {}
  std::uint64_t new_table() override { return random_frame(dice_, hart_.ppn_bits()); }
  std::uint64_t physical(std::uint64_t address) const override { return address; }

 private:
  Dice& dice_;
  const HartTraits& hart_;
};

/// A virtual machine: its G stage, and tables in its guest-physical memory.
class RandomMachine : public TableFrames {
 public:
  RandomMachine(PagingModeName mode, unsigned vmid, Dice& dice, const HartTraits& hart,
                Words& words);

  std::uint64_t new_table() override;
  std::uint64_t physical(std::uint64_t address) const override;

  /// Lets the G stage map the frame; how, is random.
  void map(std::uint64_t guest_frame);
  /// Bits of a guest frame's number.
  unsigned frame_bits() const;
  /// A frame that map() was called for.
  std::uint64_t some_frame() { return dice_.pick(mapped_); }
  RandomTree& tree() { return tree_; }
  unsigned vmid() const { return vmid_; }

 private:
  Dice& dice_;
  const HartTraits& hart_;
  PhysicalFrames frames_;
  RandomTree tree_;
  unsigned vmid_;
  std::vector<std::uint64_t> mapped_;
  std::map<std::uint64_t, std::uint64_t> frame_of_;  ///< of mapped guest frames
};

}  // namespace tlmmu::testing
