// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "models/events/sink.h"
#include "models/events/wave_recorder.h"
#include "models/events/wave_units.h"

namespace tlmmu::events {

/// What the sink cannot learn from events.
struct WaveSettings {
  Picoseconds pulse;  ///< how long what has no duration is shown; a clock period is a good choice
  DramShape dram;     ///< what the memory looks like
};

/// Turns events into signals and writes them to a wave file. Lookups, commands and faults, which
/// have no duration, are shown for `pulse`, or until the next one.
class WaveSink : public Sink {
 public:
  WaveSink(std::unique_ptr<WaveWriter> writer, const WaveSettings& settings);

  /// Units are shown under their names if they are named before the first advance_to().
  void name_unit(UnitId id, const std::string& name) override;

  void on(const Stamp& stamp, const TlbLookup& event) override;
  void on(const Stamp& stamp, const TlbFilled& event) override;
  void on(const Stamp& stamp, const WalkStarted& event) override;
  void on(const Stamp& stamp, const PteFetched& event) override;
  void on(const Stamp& stamp, const PteUpdated& event) override;
  void on(const Stamp& stamp, const WalkFinished& event) override;
  void on(const Stamp& stamp, const CacheLookup& event) override;
  void on(const Stamp& stamp, const DramCommand& event) override;
  void on(const Stamp& stamp, const DiskQueue& event) override;
  void on(const Stamp& stamp, const PageFault& event) override;
  void on(const Stamp& stamp, const FrameCounts& event) override;
  void on(const Stamp& stamp, const ProcessSwitch& event) override;
  void on(const Stamp& stamp, const ModeChange& event) override;

  /// Every event before `now` (the simulation kernel's time) has been told.
  void advance_to(Picoseconds now);
  /// Writes the rest, up to the last advance_to() at least, and completes the file. Throws
  /// HostError if it could not be written.
  void close();

  /// Events that came after a later moment had been written (see WaveRecorder).
  std::uint64_t late_changes() const { return recorder_.late_changes(); }

 private:
  void begin();
  void show_lookup(Picoseconds at, SignalHandle signal, Lookup outcome);
  void show_refresh(Picoseconds at, const ShownUnit& memory, const DramCommand& event);

  WaveSettings settings_;
  std::unique_ptr<WaveWriter> writer_;
  WaveRecorder recorder_;
  WaveUnits units_;
  Picoseconds now_;
  bool begun_ = false;
};

}  // namespace tlmmu::events
