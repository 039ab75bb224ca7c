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

std::optional<std::string> AddressMap::problem(std::string_view text,
                                               const DramGeometry& geometry) {
  ParsedMap parsed = parse_address_map(text, geometry);
  if (auto* problem = std::get_if<std::string>(&parsed)) return std::move(*problem);
  return std::nullopt;
}

AddressMap::AddressMap(std::string_view text, const DramGeometry& geometry) {
  const std::vector<MapPiece> pieces = pieces_or_throw(text, geometry);
  unsigned low = 0;
  std::array<unsigned, kMapFields> field_low{};
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
    const auto field = static_cast<std::uint8_t>(piece->field);
    if (piece->field != MapField::offset && piece->bits != 0) {
      slices_.push_back({low_mask(piece->bits), field, static_cast<std::uint8_t>(low),
                         static_cast<std::uint8_t>(field_low[field])});
    }
    low += piece->bits;
    field_low[field] += piece->bits;
  }
  for (const MapPiece& piece : pieces) {
    text_ += fmt::format("{}{}:{}", text_.empty() ? "" : " ", name_in(kMapFieldNames, piece.field),
                         piece.bits);
  }
}

std::uint64_t AddressMap::encode(const BurstAddress& address) const {
  const auto place = to_fields(address);
  std::uint64_t offset = 0;
  for (const Slice& slice : slices_) {
    offset |= ((place[slice.field] >> slice.field_low) & slice.mask) << slice.low;
  }
  return offset;
}

BurstAddress AddressMap::from_fields(const std::array<std::uint64_t, kMapFields>& place) {
  const auto at = [&place](MapField field) { return place[static_cast<unsigned>(field)]; };
  const auto small = [&at](MapField field) { return static_cast<unsigned>(at(field)); };
  return {small(MapField::channel), small(MapField::rank), small(MapField::bank_group),
          small(MapField::bank),    at(MapField::row),     at(MapField::column)};
}

}  // namespace tlmmu
