// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/dram/burst.h"
#include "models/events/sink.h"

namespace tlmmu {

/// Turns DRAM commands into events in order of time. A burst's commands lie ahead of the burst's
/// arrival, and the next burst's may come before them; so commands wait here until time has passed
/// them.
class CommandReporter {
 public:
  CommandReporter(events::Emitter emitter, Picoseconds period)
      : emitter_(emitter), period_(period) {}

  /// Where the DRAM puts its commands; no log if nobody listens.
  CommandLog* log() { return emitter_.attached() ? &log_ : nullptr; }
  /// Emits what was sent before `now`; no command before `now` may come afterwards.
  void emit_until(Picoseconds now);
  /// Emits the rest.
  void emit_all();

 private:
  events::Emitter emitter_;
  Picoseconds period_;
  CommandLog log_;
};

}  // namespace tlmmu
