// SPDX-License-Identifier: Apache-2.0
#include "models/app/run_outputs.h"

#include <fmt/format.h>

#include "models/app/results_json.h"

namespace tlmmu {

namespace {

/// What a wave viewer needs to know of this machine.
events::WaveSettings wave_settings(const MachineConfig& machine) {
  const DramGeometry& geometry = machine.dram.geometry;
  events::WaveSettings settings;
  settings.pulse = machine.cpu.clock.period();
  settings.dram.channels = static_cast<unsigned>(geometry.channels);
  settings.dram.ranks = static_cast<unsigned>(geometry.ranks);
  settings.dram.banks_per_rank = static_cast<unsigned>(geometry.bank_groups * geometry.banks);
  settings.dram.refresh = machine.dram.timing.tCK * machine.dram.timing.tRFC.value();
  return settings;
}

/// A unit whose events come after later ones have been written breaks its promise: see
/// events::Stamp.
void close(events::WaveSink& waves) {
  waves.close();
  if (waves.late_changes() == 0) return;
  fmt::print(stderr, "tlmmu: waves: {} changes came too late and were moved\n",
             waves.late_changes());
}

}  // namespace

RunOutputs::RunOutputs(const RunOptions& options, const MachineConfig& machine) {
  if (options.stats) stats_file_.emplace(*options.stats);
  if (options.waves) {
    waves_ = std::make_unique<events::WaveSink>(events::open_wave_file(*options.waves),
                                                wave_settings(machine));
    attach(*waves_);
  }
  if (options.timeline) {
    timeline_file_.emplace(*options.timeline);
    attach(timeline_.emplace(paging_mode(machine.mmu.mode)).sink());
  }
}

void RunOutputs::attach(events::Sink& sink) {
  sink_ = sink_ == nullptr ? &sink : &both_.emplace(*sink_, sink);
}

void RunOutputs::advance(Platform& platform, Picoseconds now) {
  if (!waves_) return;
  platform.emit_past_events();
  waves_->advance_to(now);
}

void RunOutputs::finish(const RunOptions& options, const MachineConfig& machine,
                        const stats::Snapshot& snapshot) {
  if (stats_file_) stats_file_->write(results_json(options, machine, snapshot));
  if (timeline_file_) timeline_file_->write(timeline_->csv());
  if (stats_file_) stats_file_->commit();
  if (timeline_file_) timeline_file_->commit();
  if (waves_) close(*waves_);
}

}  // namespace tlmmu
