// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/base/quantity.h"
#include "models/events/cpu_events.h"
#include "models/events/kernel_events.h"
#include "models/events/memory_events.h"
#include "models/events/translation_events.h"

namespace tlmmu::events {

/// Which module an event comes from: an index into the platform's list of unit names.
enum class UnitId : std::uint16_t {};

/// When and where an event happened. Times of one unit never run backwards; times of different
/// units may, by up to the global quantum (temporal decoupling).
struct Stamp {
  Picoseconds at;
  UnitId unit;
};

/// Receives what the units do. A sink overrides what it wants to see; the rest does nothing.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  /// Comes once for each unit, before its first event; `name` is its path, e.g. "mmu.l1_dtlb".
  virtual void name_unit(UnitId, const std::string& /*name*/) {}

  virtual void on(const Stamp&, const TlbLookup&) {}
  virtual void on(const Stamp&, const TlbFilled&) {}
  virtual void on(const Stamp&, const WalkStarted&) {}
  virtual void on(const Stamp&, const PteFetched&) {}
  virtual void on(const Stamp&, const PteUpdated&) {}
  virtual void on(const Stamp&, const WalkFinished&) {}
  virtual void on(const Stamp&, const CacheLookup&) {}
  virtual void on(const Stamp&, const DramCommand&) {}
  virtual void on(const Stamp&, const DiskQueue&) {}
  virtual void on(const Stamp&, const PageFault&) {}
  virtual void on(const Stamp&, const FrameCounts&) {}
  virtual void on(const Stamp&, const ProcessSwitch&) {}
  virtual void on(const Stamp&, const ModeChange&) {}
};

/// A unit's end of the line. With no sink attached an event costs one predictable branch.
class Emitter {
 public:
  Emitter() = default;
  Emitter(Sink* sink, UnitId unit) : sink_(sink), unit_(unit) {}

  bool attached() const { return sink_ != nullptr; }

  template <class Event>
  void operator()(Picoseconds at, const Event& event) const {
    if (__builtin_expect(sink_ != nullptr, 0)) sink_->on(Stamp{at, unit_}, event);
  }

 private:
  Sink* sink_ = nullptr;
  UnitId unit_{};
};

}  // namespace tlmmu::events
