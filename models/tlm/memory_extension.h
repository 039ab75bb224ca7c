// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

#include "models/base/access_type.h"
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

/// What a memory transaction asks of the caches on its way (the operations of Zicbom).
enum class CacheOperation : std::uint8_t {
  access,      ///< an ordinary read or write
  clean,       ///< write dirty lines back, keep them
  invalidate,  ///< drop lines without writing them back
  flush,       ///< clean, then invalidate
};

/// Rides on every payload of the memory system. A payload without one is an error.
class MemoryExtension : public tlm::tlm_extension<MemoryExtension> {
 public:
  MemoryExtension() = default;
  explicit MemoryExtension(Origin by) : origin(by) {}

  Origin origin = Origin::data;
  CacheOperation operation = CacheOperation::access;

  tlm::tlm_extension_base* clone() const override { return new MemoryExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const MemoryExtension&>(other);
  }
};

}  // namespace tlmmu
