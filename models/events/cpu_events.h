// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tlmmu::events {

/// How the hart runs and addresses memory.
enum class HartMode : std::uint8_t {
  bare,  ///< supervisor, and virtual addresses are physical ones
  supervisor,
  user,
};

/// The hart changed its privilege, or its way to address memory.
struct ModeChange {
  HartMode mode;
};

}  // namespace tlmmu::events
