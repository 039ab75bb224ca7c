// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/enum_names.h"

namespace tlmmu {

/// On whose behalf a memory transaction runs; every memory module keeps its time and counts by it,
/// so that the report can say where the cycles went.
enum class Origin : std::uint8_t { fetch, data, walk, kernel, dma };
constexpr unsigned kOrigins = 5;
constexpr EnumName<Origin> kOriginNames[] = {
    {Origin::fetch, "fetch"},   {Origin::data, "data"}, {Origin::walk, "walk"},
    {Origin::kernel, "kernel"}, {Origin::dma, "dma"},
};

/// Whether somebody waits for a memory transaction. A posted one (a write-back, a prefetch)
/// occupies what it passes, but its time is nobody's: modules count it apart from the time by
/// Origin.
enum class Completion : std::uint8_t { awaited, posted };

}  // namespace tlmmu
