// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>

namespace tlmmu::testing {

/// The seed of a random test: `usual`, or what the environment variable TLMMU_SEED says. Tests
/// print it with SCOPED_TRACE, so that a failure can be repeated and other seeds tried.
inline std::uint64_t seed_or(std::uint64_t usual) {
  const char* given = std::getenv("TLMMU_SEED");
  return given == nullptr ? usual : std::strtoull(given, nullptr, 0);
}

}  // namespace tlmmu::testing
