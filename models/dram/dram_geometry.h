// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/quantity.h"
#include "models/config/visitor.h"

namespace tlmmu {

/// How many of everything there are; each number is a power of two. A channel is one independent
/// data bus (a DDR5 sub-channel, an LPDDR4 channel), a rank all devices that answer together on it.
struct DramGeometry {
  unsigned channels;
  unsigned ranks;         ///< per channel
  unsigned bank_groups;   ///< per rank; 1 where the standard has no groups
  unsigned banks;         ///< per bank group
  unsigned rows;          ///< per bank
  unsigned columns;       ///< per row; a column is as wide as the bus
  unsigned bus_width;     ///< data bits of one channel
  unsigned burst_length;  ///< transfers of one RD or WR command, two in a clock cycle

  /// What one RD or WR command moves.
  constexpr Bytes burst_bytes() const { return Bytes(bus_width / 8U) * burst_length; }
  /// At least 1, also before the rules between the keys have been checked.
  constexpr unsigned bursts_per_row() const {
    return columns > burst_length ? columns / burst_length : 1;
  }
  constexpr unsigned banks_per_rank() const { return bank_groups * banks; }
  constexpr Bytes row_bytes() const { return Bytes(bus_width / 8U) * columns; }
  /// What all channels hold together.
  constexpr Bytes capacity() const {
    return row_bytes() * rows * banks_per_rank() * ranks * channels;
  }

  void describe(config::Visitor& v);
};

}  // namespace tlmmu
