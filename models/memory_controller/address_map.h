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
class AddressMap {
 public:
  /// Throws InputError if the text has a problem.
  AddressMap(std::string_view text, const DramGeometry& geometry);

  /// What is wrong with `text` for this geometry, if anything.
  static std::optional<std::string> problem(std::string_view text, const DramGeometry& geometry);

  /// The place of the burst that holds byte `offset`, which is inside the capacity.
  BurstAddress decode(std::uint64_t offset) const {
    std::array<std::uint64_t, kMapFields> place{};
    for (const Slice& slice : slices_) {
      place[slice.field] |= ((offset >> slice.low) & slice.mask) << slice.field_low;
    }
    return from_fields(place);
  }
  /// The first byte of the burst at `address`.
  std::uint64_t encode(const BurstAddress& address) const;
  /// The map with every width written out, as in "row:16 bank:2 column:7 bank_group:2 offset:6".
  const std::string& text() const { return text_; }

 private:
  struct Slice {
    std::uint64_t mask;      ///< right-aligned
    std::uint8_t field;      ///< a MapField
    std::uint8_t low;        ///< lowest bit in the address
    std::uint8_t field_low;  ///< lowest bit in the field
  };
  static BurstAddress from_fields(const std::array<std::uint64_t, kMapFields>& place);

  std::vector<Slice> slices_;  ///< without `offset`
  std::string text_;
};

}  // namespace tlmmu
