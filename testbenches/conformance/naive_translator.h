// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

namespace tlmmu::testing {

/// A second reading of the specification's translation process, for comparison with the walk: plain
/// integers, one loop, nothing shared with models/arch or models/ptw.
struct NaiveRequest {
  int levels;  ///< 3 for Sv39, 4 for Sv48
  std::uint64_t root_page;
  std::uint64_t address;
  char access;  ///< 'r', 'w' or 'x'
  bool user_mode;
  bool sum;
  bool mxr;
  bool hardware_sets_a_and_d;
};

struct NaiveAnswer {
  enum Kind { translated, page_fault, access_fault } kind;
  std::uint64_t physical = 0;
  std::uint64_t page_bytes = 0;
  std::uint64_t flags = 0;  ///< low 8 bits of the leaf, G also from pointers
  int reads = 0;
};

/// `read` gives the word at an address, or nothing where there is no memory; `write` stores a word.
NaiveAnswer naive_translate(const NaiveRequest& request,
                            const std::function<std::optional<std::uint64_t>(std::uint64_t)>& read,
                            const std::function<void(std::uint64_t, std::uint64_t)>& write);

}  // namespace tlmmu::testing
