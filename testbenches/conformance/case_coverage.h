// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "testbenches/conformance/naive_translator.h"
#include "testbenches/conformance/random_case.h"

namespace tlmmu::testing {

/// Counts what random cases reach: agreement says little about what they never came to.
class CaseCoverage {
 public:
  void begin_case(const RandomCase& random_case);
  void count(const reference::Request& request, const NaiveAnswer& answer);

  unsigned requests() const { return requests_; }
  /// What fewer than one in 10,000 requests reached, one line each: in each mode the steps at which
  /// walks of each stage end, the causes that each privilege sees, and page sizes. Empty if
  /// nothing.
  std::string gaps() const;

 private:
  static constexpr std::size_t kModes = 4, kStages = 3, kSteps = 12, kPrivileges = 5, kCauses = 24,
                               kSizes = 64;
  template <std::size_t Rows, std::size_t Columns>
  using Counts = std::array<std::array<unsigned, Columns>, Rows>;

  std::string steps_missing(std::size_t mode) const;
  std::string causes_missing(std::size_t mode) const;
  std::string sizes_missing(std::size_t mode) const;
  bool is_rare(unsigned count) const { return count < requests_ / 10'000; }

  unsigned requests_ = 0;
  std::size_t mode_ = 0;  ///< the case's deepest, as an index; bare is counted with Sv39
  std::array<Counts<kStages, kSteps>, kModes> steps_{};
  std::array<Counts<kPrivileges, kCauses>, kModes> causes_{};
  Counts<kModes, kSizes + 1> sizes_{};
};

}  // namespace tlmmu::testing
