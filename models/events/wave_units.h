// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/events/sink.h"
#include "models/events/wave_recorder.h"
#include "models/events/wave_signal_table.h"

namespace tlmmu::events {

/// What a memory shows: `channels` times `ranks` times `banks_per_rank` banks, each of which is
/// busy for `refresh` (tRFC) after a REF of its rank. Banks count as in events::DramCommand.
struct DramShape {
  unsigned channels = 1;
  unsigned ranks = 1;
  unsigned banks_per_rank = 1;
  Picoseconds refresh;

  unsigned banks() const { return ranks * banks_per_rank; }
  bool has(unsigned channel, unsigned bank) const { return channel < channels && bank < banks(); }
};

/// The handles of the signals of one unit, which stand in a row: its own; for a memory then those
/// of each channel and, behind each channel's, those of its banks.
class ShownUnit {
 public:
  ShownUnit(UnitKind kind, std::uint32_t first, const DramShape& dram)
      : kind_(kind), first_(first), first_of_kind_(first_signal(kind)), dram_(dram) {}

  UnitKind kind() const { return kind_; }
  const DramShape& dram() const { return dram_; }
  SignalHandle signal(Signal signal) const {
    return SignalHandle{first_ + static_cast<std::uint32_t>(signal) - first_of_kind_};
  }
  /// Of a memory: a signal of one of its channels, or of a channel's bank.
  SignalHandle channel_signal(unsigned channel, Signal signal) const;
  SignalHandle bank_signal(unsigned channel, unsigned bank, Signal signal) const;

 private:
  std::uint32_t first_of_channel(unsigned channel) const;

  UnitKind kind_;
  std::uint32_t first_;
  std::uint32_t first_of_kind_;
  DramShape dram_;
};

/// The units of a wave file. Their scopes nest as their dotted names do: "mmu.l1_dtlb".
class WaveUnits {
 public:
  /// Takes in a unit and adds its signals to `recorder`. A unit whose name tells of no kind that
  /// has signals is not shown. `dram` is what a memory looks like.
  void add(UnitId id, const std::string& name, const DramShape& dram, WaveRecorder& recorder);
  /// Declares the scopes and signals of all units, in the order of their names.
  void declare(WaveWriter& writer) const;

  /// The unit behind an event; null if it is not shown, or is of another kind.
  const ShownUnit* find(UnitId id, UnitKind kind) const;

 private:
  struct Unit {
    std::string name;
    ShownUnit shown;
  };
  std::vector<std::optional<Unit>> units_;  // by UnitId
};

/// The kind of unit that a name tells of, by the names of docs/architecture.md; none for a unit
/// without signals.
std::optional<UnitKind> kind_of(std::string_view name);

}  // namespace tlmmu::events
