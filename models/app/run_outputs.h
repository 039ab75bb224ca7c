// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "models/app/command_line.h"
#include "models/app/text_file.h"
#include "models/app/timeline.h"
#include "models/events/tee_sink.h"
#include "models/events/wave_sink.h"
#include "models/stats/snapshot.h"

namespace tlmmu {

/// The files that a run was asked for: statistics, waves, timeline. Files appear when the run has
/// ended, or not at all; one that can never appear is refused before the run. Throws InputError,
/// and HostError.
class RunOutputs {
 public:
  RunOutputs(const RunOptions& options, const MachineConfig& machine);

  /// Is to be told the machine's events from the start; null if no file wants them.
  events::Sink* sink() { return sink_; }
  /// The simulation's time has reached `now`: waves are written up to there.
  void advance(Platform& platform, Picoseconds now);
  /// Takes rows while the machine runs; null if there is no timeline.
  Timeline* timeline() { return timeline_ ? &*timeline_ : nullptr; }
  /// Completes all of them.
  void finish(const RunOptions& options, const MachineConfig& machine,
              const stats::Snapshot& snapshot);

 private:
  void attach(events::Sink& sink);

  std::optional<TextFile> stats_file_;
  std::unique_ptr<events::WaveSink> waves_;
  std::optional<TextFile> timeline_file_;
  std::optional<Timeline> timeline_;
  std::optional<events::TeeSink> both_;
  events::Sink* sink_ = nullptr;
};

}  // namespace tlmmu
