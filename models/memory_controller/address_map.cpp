// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/address_map.h"

#include <fmt/format.h>

#include "models/base/error.h"
#include "models/memory_controller/address_map_parser.h"

namespace tlmmu {

namespace {

std::vector<MapPiece> pieces_or_throw(std::string_view text, const DramGeometry& geometry) {
  ParsedMap parsed = parse_address_map(text, geometry);
  if (const auto* problem = std::get_if<std::string>(&parsed)) {
    throw InputError(fmt::format("memory_controller.address_mapping = \"{}\": {}", text, *problem));
  }
  return std::get<std::vector<MapPiece>>(std::move(parsed));
}

std::array<std::uint64_t, kMapFields> to_fields(const BurstAddress& a) {
  return {a.row, a.rank, a.bank_group, a.bank, a.column, a.channel, 0};
}

}  // namespace

std::optional<std::string> DramAddressMap::problem(std::string_view text,
                                                   const DramGeometry& geometry) {
  ParsedMap parsed = parse_address_map(text, geometry);
  if (auto* problem = std::get_if<std::string>(&parsed)) return std::move(*problem);
  return std::nullopt;
}

DramAddressMap::DramAddressMap(std::string_view text, const DramGeometry& geometry) {
  const std::vector<MapPiece> pieces = pieces_or_throw(text, geometry);
  unsigned low = 0;
  std::array<unsigned, kMapFields> taken{};  // bits of each field so far
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
    const auto field = static_cast<unsigned>(piece->field);
    const Slice slice{low_mask(piece->bits), low};
    if (taken[field] == 0) {
      lowest_[field] = slice;
    } else {
      upper_.push_back({piece->field, slice, taken[field]});
    }
    low += piece->bits;
    taken[field] += piece->bits;
  }
  for (const MapPiece& piece : pieces) {
    text_ += fmt::format("{}{}:{}", text_.empty() ? "" : " ", name_in(kMapFieldNames, piece.field),
                         piece.bits);
  }
}

std::uint64_t DramAddressMap::encode(const BurstAddress& address) const {
  const auto place = to_fields(address);
  std::uint64_t offset = 0;
  for (unsigned field = 0; field < kMapFields; ++field) {
    offset |= (place[field] & lowest_[field].mask) << lowest_[field].low;
  }
  for (const UpperSlice& upper : upper_) {
    const std::uint64_t value = place[static_cast<unsigned>(upper.field)] >> upper.field_low;
    offset |= (value & upper.slice.mask) << upper.slice.low;
  }
  return offset;
}

void DramAddressMap::add(const UpperSlice& upper, std::uint64_t offset, BurstAddress& place) {
  const std::uint64_t value = ((offset >> upper.slice.low) & upper.slice.mask) << upper.field_low;
  const auto small = static_cast<unsigned>(value);
  switch (upper.field) {
    case MapField::row:
      place.row |= value;
      break;
    case MapField::rank:
      place.rank |= small;
      break;
    case MapField::bank_group:
      place.bank_group |= small;
      break;
    case MapField::bank:
      place.bank |= small;
      break;
    case MapField::column:
      place.column |= value;
      break;
    case MapField::channel:
      place.channel |= small;
      break;
    case MapField::offset:
      break;
  }
}

}  // namespace tlmmu
