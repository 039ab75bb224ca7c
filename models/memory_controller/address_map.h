// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/bits.h"
#include "models/base/enum_names.h"
#include "models/dram/burst.h"
#include "models/dram/dram_geometry.h"

namespace tlmmu {

/// What a group of address bits selects. `offset` is the byte inside a burst, `column` the burst
/// inside a row.
enum class MapField : std::uint8_t { row, rank, bank_group, bank, column, channel, offset };
constexpr unsigned kMapFields = 7;
constexpr EnumName<MapField> kMapFieldNames[] = {
    {MapField::row, "row"},
    {MapField::rank, "rank"},
    {MapField::bank_group, "bank_group"},
    {MapField::bank, "bank"},
    {MapField::column, "column"},
    {MapField::channel, "channel"},
    {MapField::offset, "offset"},
};

/// A one-to-one map between the bytes of the DRAM and their places.
///
/// The text names fields from the most significant bit down, as in "row bank column:3 channel
/// column:4 offset". `field:bits` takes that many bits; a field without a number takes what the
/// geometry has left of it. A field may come in several pieces, upper bits first. All bits that the
/// geometry has must appear; `offset` is whole and comes last.
class DramAddressMap {
 public:
  /// Throws InputError if the text has a problem.
  DramAddressMap(std::string_view text, const DramGeometry& geometry);

  /// What is wrong with `text` for this geometry, if anything.
  static std::optional<std::string> problem(std::string_view text, const DramGeometry& geometry);

  /// The place of the burst that holds byte `offset`, which is inside the capacity.
  BurstAddress decode(std::uint64_t offset) const {
    const auto lowest = [this, offset](MapField field) {
      const Slice& slice = lowest_[static_cast<unsigned>(field)];
      return (offset >> slice.low) & slice.mask;
    };
    const auto small = [&lowest](MapField f) { return static_cast<unsigned>(lowest(f)); };
    BurstAddress place{small(MapField::channel), small(MapField::rank), small(MapField::bank_group),
                       small(MapField::bank),    lowest(MapField::row), lowest(MapField::column)};
    for (const UpperSlice& upper : upper_) add(upper, offset, place);
    return place;
  }
  /// The first byte of the burst at `address`.
  std::uint64_t encode(const BurstAddress& address) const;
  /// The map with every width written out, as in "row:16 bank:2 column:7 bank_group:2 offset:6".
  const std::string& text() const { return text_; }

 private:
  struct Slice {
    std::uint64_t mask = 0;  ///< right-aligned
    unsigned low = 0;        ///< lowest bit in the address
  };
  /// A further piece of a field.
  struct UpperSlice {
    MapField field;
    Slice slice;
    unsigned field_low;  ///< lowest bit in the field
  };
  static void add(const UpperSlice& upper, std::uint64_t offset, BurstAddress& place);

  std::array<Slice, kMapFields> lowest_;  ///< the lowest piece of each field
  std::vector<UpperSlice> upper_;         ///< the rest; most maps have none
  std::string text_;
};

}  // namespace tlmmu
