// SPDX-License-Identifier: Apache-2.0
// What a random case is about, and the lines that it has so far.
#pragma once

#include <memory>

#include "testbenches/conformance/random_case.h"
#include "testbenches/conformance/random_tables.h"

namespace tlmmu::testing {

/// An address space and the ASID that it keeps.
struct RandomSpace {
  std::unique_ptr<RandomTree> tree;
  std::uint16_t asid;
};

/// A virtual machine and its address spaces.
struct RandomGuest {
  std::unique_ptr<RandomMachine> machine;
  std::vector<RandomSpace> spaces;
};

/// Tables of a hart with and without virtual machines, all of which map the same few addresses.
class RandomHart {
 public:
  explicit RandomHart(Dice& dice);
  RandomHart(const RandomHart&) = delete;
  RandomHart& operator=(const RandomHart&) = delete;

  HartTraits traits;
  bool user_pages;  ///< whether most pages are user code's
  bool svinval;
  Words words;
  std::vector<std::uint64_t> addresses;  ///< that the spaces map
  std::vector<RandomSpace> spaces;       ///< of satp; none: bare
  std::vector<RandomGuest> guests;       ///< none: without the hypervisor extension

  unsigned xlen() const { return traits.rv32() ? 32 : 64; }
  unsigned pte_bytes() const { return traits.rv32() ? 4 : 8; }
  unsigned physical_bits() const { return kPageShift + traits.ppn_bits(); }
  std::uint64_t satp(const RandomSpace& space) const;
  std::uint64_t hgatp(const RandomGuest& guest) const;
  /// Any PTE of any stage.
  const PlacedPte& some_pte();
  void write(const PlacedPte& placed, std::uint64_t pte);

 private:
  PagingModeName some_mode();
  void choose_addresses(PagingModeName mode);
  void fill(RandomTree& tree, RandomMachine* machine);
  void add_guest(PagingModeName mode, PagingModeName guest_mode);
  void damage();

  Dice& dice_;
  PhysicalFrames frames_;
};

}  // namespace tlmmu::testing
