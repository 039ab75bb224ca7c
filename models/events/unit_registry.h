// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "models/events/sink.h"

namespace tlmmu::events {

/// Gives units their numbers and remembers their names ("mmu.l1_dtlb"); built by the platform.
class UnitRegistry {
 public:
  /// `sink` may be null: then nothing is emitted. It must outlive the units.
  explicit UnitRegistry(Sink* sink) : sink_(sink) {}

  /// The emitter of a new unit.
  Emitter add(std::string name) {
    const auto unit = static_cast<UnitId>(names_.size());
    if (sink_ != nullptr) sink_->name_unit(unit, name);
    names_.push_back(std::move(name));
    return {sink_, unit};
  }

  const std::vector<std::string>& names() const { return names_; }

 private:
  Sink* sink_;
  std::vector<std::string> names_;
};

}  // namespace tlmmu::events
