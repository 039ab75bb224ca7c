// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

#include "models/base/origin.h"

namespace tlmmu {

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
  Completion completion = Completion::awaited;

  tlm::tlm_extension_base* clone() const override { return new MemoryExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const MemoryExtension&>(other);
  }
};

}  // namespace tlmmu
