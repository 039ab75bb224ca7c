// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "models/memory_controller/address_map.h"

namespace tlmmu {

/// One piece of a map's text, its width worked out.
struct MapPiece {
  MapField field;
  unsigned bits;
};

/// Either the pieces, most significant first, or what is wrong with the text.
using ParsedMap = std::variant<std::vector<MapPiece>, std::string>;

ParsedMap parse_address_map(std::string_view text, const DramGeometry& geometry);

}  // namespace tlmmu
