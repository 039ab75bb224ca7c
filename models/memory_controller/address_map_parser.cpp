// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/address_map_parser.h"

#include <fmt/format.h>

#include <sstream>

namespace tlmmu {

namespace {

using Widths = std::array<unsigned, kMapFields>;

constexpr unsigned index(MapField field) {
  return static_cast<unsigned>(field);
}

/// The bits of each field that the geometry has.
Widths widths_of(const DramGeometry& g) {
  Widths widths{};
  widths[index(MapField::row)] = log2_floor(g.rows);
  widths[index(MapField::rank)] = log2_floor(g.ranks);
  widths[index(MapField::bank_group)] = log2_floor(g.bank_groups);
  widths[index(MapField::bank)] = log2_floor(g.banks);
  widths[index(MapField::column)] = log2_floor(g.bursts_per_row());
  widths[index(MapField::channel)] = log2_floor(g.channels);
  widths[index(MapField::offset)] = log2_floor(g.burst_bytes().value());
  return widths;
}

/// A piece as it is written: without a number, it takes what is left.
struct WrittenPiece {
  MapField field;
  std::optional<unsigned> bits;
};
using WrittenMap = std::variant<std::vector<WrittenPiece>, std::string>;

std::optional<MapField> field_named(std::string_view name) {
  for (const auto& entry : kMapFieldNames) {
    if (name == entry.name) return entry.value;
  }
  return std::nullopt;
}

std::optional<unsigned> width_in(std::string_view digits) {
  if (digits.empty() || digits.size() > 2) return std::nullopt;
  unsigned width = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    width = width * 10 + static_cast<unsigned>(c - '0');
  }
  return width;
}

WrittenMap read_pieces(std::string_view text) {
  std::vector<WrittenPiece> pieces;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    const std::size_t colon = word.find(':');
    const auto field = field_named(std::string_view(word).substr(0, colon));
    if (!field) {
      return fmt::format("\"{}\": expected row, rank, bank_group, bank, column, channel or offset",
                         word);
    }
    std::optional<unsigned> bits;
    if (colon != std::string::npos) {
      bits = width_in(std::string_view(word).substr(colon + 1));
      if (!bits) return fmt::format("\"{}\": expected a number of bits after the colon", word);
    }
    pieces.push_back({*field, bits});
  }
  return pieces;
}

std::optional<std::string> width_problem(MapField field, const std::vector<WrittenPiece>& pieces,
                                         unsigned available) {
  unsigned written = 0;
  unsigned open_ended = 0;
  for (const WrittenPiece& piece : pieces) {
    if (piece.field != field) continue;
    written += piece.bits.value_or(0);
    open_ended += piece.bits ? 0U : 1U;
  }
  const char* name = name_in(kMapFieldNames, field);
  if (open_ended > 1) {
    return fmt::format("{}: only one of its pieces may come without a number of bits", name);
  }
  if (written > available || (written < available && open_ended == 0)) {
    return fmt::format("{}: has {} bits, the DRAM's geometry has {}", name, written, available);
  }
  return std::nullopt;
}

std::optional<std::string> order_problem(const std::vector<WrittenPiece>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].field == MapField::offset && i + 1 != pieces.size()) {
      return "offset: must be in one piece and come last";
    }
  }
  return std::nullopt;
}

}  // namespace

ParsedMap parse_address_map(std::string_view text, const DramGeometry& geometry) {
  WrittenMap written = read_pieces(text);
  if (auto* problem = std::get_if<std::string>(&written)) return std::move(*problem);
  const auto& pieces = std::get<std::vector<WrittenPiece>>(written);
  if (auto problem = order_problem(pieces)) return std::move(*problem);
  Widths left = widths_of(geometry);
  for (const auto& entry : kMapFieldNames) {
    if (auto problem = width_problem(entry.value, pieces, left[index(entry.value)])) {
      return std::move(*problem);
    }
  }
  for (const WrittenPiece& piece : pieces) left[index(piece.field)] -= piece.bits.value_or(0);
  std::vector<MapPiece> result;
  result.reserve(pieces.size());
  for (const WrittenPiece& piece : pieces) {
    result.push_back({piece.field, piece.bits.value_or(left[index(piece.field)])});
  }
  return result;
}

}  // namespace tlmmu
