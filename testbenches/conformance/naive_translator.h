// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

namespace tlmmu::testing {

/// A second reading of the specification's translation process, for comparison with the walk: plain
/// integers, one loop, nothing shared with models/arch or models/ptw.
struct NaiveRequest {
  int mode;  ///< the number in its name: 32, 39, 48 or 57; 0 for bare
  std::uint64_t root_page;
  std::uint64_t address;
  char access;  ///< 'r', 'w' or 'x'
  bool user_mode;
  bool sum;
  bool mxr;
  bool hardware_sets_a_and_d;
  bool svnapot;
  bool svpbmt;
};

struct NaiveAnswer {
  enum Kind { translated, page_fault, access_fault } kind;
  std::uint64_t physical = 0;
  std::uint64_t page_bytes = 0;
  std::uint64_t flags = 0;  ///< low 8 bits of the leaf, G also from pointers
  int reads = 0;
};

/// `read` gives the PTE at an address (of Sv32: its 32 bits), or nothing where there is no memory;
/// `write` stores one.
NaiveAnswer naive_translate(const NaiveRequest& request,
                            const std::function<std::optional<std::uint64_t>(std::uint64_t)>& read,
                            const std::function<void(std::uint64_t, std::uint64_t)>& write);

}  // namespace tlmmu::testing
