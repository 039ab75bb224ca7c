// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "testbenches/conformance/random_hart.h"

namespace tlmmu::testing {

constexpr unsigned kEventsPerCase = 32;
constexpr std::size_t kRecentRequests = 3;

/// Writes the lines of a random case: first what there is, then what happens, three times in four a
/// request. Each change comes with the fences that the architecture asks for, of varying form.
class RandomEvents {
 public:
  RandomEvents(Dice& dice, RandomHart& hart) : dice_(dice), hart_(hart) {}

  void set_up();
  void happen();
  RandomCase take();

 private:
  /// Of hgatp: one of the guests, or bare.
  using Guest = std::optional<std::size_t>;

  void add(reference::Line::Content content);
  void begin_group() { ++group_; }
  void add_extensions();
  void add_ram();

  void add_pmp();
  void add_pmp_hole();
  void pmp(unsigned entry, unsigned cfg, std::uint64_t address);

  void request();
  reference::Request new_request();
  void repeat_request();
  AccessType some_type();
  std::uint64_t some_address(bool guest);
  void change_pte();
  void change_first_stage(const RandomSpace& space, bool guest);
  void change_g_stage();
  std::uint64_t changed(const PlacedPte& placed);
  std::optional<RandomTree::Leaf> recent_leaf(const RandomTree& tree);
  std::uint64_t some_address_of(const PlacedPte& placed, const PagingMode& mode);
  void change_pmp();
  void write_mode_that_is_not_there();
  void switch_space();
  void switch_guest();

  /// Forms of a fence: whether it may name the page, and the space.
  struct FenceForms {
    bool by_address;
    bool by_space;
  };
  void fence(reference::FenceInstruction plain, FenceForms forms, std::uint64_t address,
             std::uint16_t space);
  void fence_everything();
  void needless_fence();
  void csr(reference::SpaceCsr csr, std::uint64_t raw, reference::CsrFence fence);
  std::uint64_t hgatp_now() const;
  bool has_guests() const { return !hart_.guests.empty(); }

  Dice& dice_;
  RandomHart& hart_;
  RandomCase made_;
  std::vector<reference::Request> recent_;
  Words original_;  ///< of words that were changed
  unsigned group_ = 0;
  unsigned requests_ = 0;
  bool bare_ = false;  ///< satp, though there are spaces
  Guest guest_;
  bool guest_bare_ = false;
};

}  // namespace tlmmu::testing
