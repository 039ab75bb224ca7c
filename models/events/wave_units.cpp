// SPDX-License-Identifier: Apache-2.0
#include "models/events/wave_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace tlmmu::events {
namespace {

std::vector<std::string> split(const std::string& name) {
  std::vector<std::string> parts(1);
  for (const char c : name) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// Declares signals in a tree of scopes that is walked from one unit's name to the next.
class Declarer {
 public:
  explicit Declarer(WaveWriter& writer) : writer_(writer) {}
  Declarer(const Declarer&) = delete;
  Declarer& operator=(const Declarer&) = delete;
  ~Declarer() { move_to({}); }

  void declare(const std::string& name, const ShownUnit& unit) {
    move_to(split(name));
    declare_signals(unit.kind(), [&](Signal signal) { return unit.signal(signal); });
    if (unit.kind() != UnitKind::memory) return;
    for (unsigned channel = 0; channel < unit.dram().channels; ++channel) {
      declare_channel(unit, channel);
    }
  }

 private:
  /// Leaves and enters scopes until the open ones are `scopes`.
  void move_to(const std::vector<std::string>& scopes) {
    const auto differs = std::mismatch(open_.begin(), open_.end(), scopes.begin(), scopes.end());
    const auto common = static_cast<std::size_t>(differs.first - open_.begin());
    while (open_.size() > common) leave();
    while (open_.size() < scopes.size()) enter(scopes[open_.size()]);
  }
  void enter(const std::string& scope) {
    writer_.enter_scope(scope);
    open_.push_back(scope);
  }
  void leave() {
    writer_.leave_scope();
    open_.pop_back();
  }

  template <class HandleOf>
  void declare_signals(UnitKind kind, const HandleOf& handle_of) {
    for (unsigned i = 0; i < signal_count(kind); ++i) {
      const auto signal = static_cast<Signal>(first_signal(kind) + i);
      writer_.declare(handle_of(signal), row_of(signal).declaration);
    }
  }

  void declare_channel(const ShownUnit& unit, unsigned channel) {
    enter(fmt::format("channel{}", channel));
    declare_signals(UnitKind::channel,
                    [&](Signal signal) { return unit.channel_signal(channel, signal); });
    for (unsigned bank = 0; bank < unit.dram().banks(); ++bank) {
      enter(fmt::format("bank{}", bank));
      declare_signals(UnitKind::bank,
                      [&](Signal signal) { return unit.bank_signal(channel, bank, signal); });
      leave();
    }
    leave();
  }

  WaveWriter& writer_;
  std::vector<std::string> open_;
};

void add_signals(UnitKind kind, WaveRecorder& recorder) {
  for (unsigned i = 0; i < signal_count(kind); ++i) {
    recorder.add(row_of(static_cast<Signal>(first_signal(kind) + i)).declaration.type);
  }
}

constexpr unsigned signals_of_channel(unsigned banks) {
  return signal_count(UnitKind::channel) + banks * signal_count(UnitKind::bank);
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}
bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

std::optional<UnitKind> kind_of(std::string_view name) {
  if (starts_with(name, "mmu.") && ends_with(name, "tlb")) return UnitKind::tlb;
  if (name == "mmu.ptw") return UnitKind::walker;
  if (starts_with(name, "cache.")) return UnitKind::cache;
  if (name == "memory_controller") return UnitKind::memory;
  if (name == "swap_disk") return UnitKind::disk;
  if (name == "kernel") return UnitKind::kernel;
  if (name == "cpu") return UnitKind::cpu;
  return std::nullopt;
}

std::uint32_t ShownUnit::first_of_channel(unsigned channel) const {
  return first_ + signal_count(UnitKind::memory) + channel * signals_of_channel(dram_.banks());
}

SignalHandle ShownUnit::channel_signal(unsigned channel, Signal signal) const {
  return SignalHandle{first_of_channel(channel) + static_cast<std::uint32_t>(signal) -
                      first_signal(UnitKind::channel)};
}

SignalHandle ShownUnit::bank_signal(unsigned channel, unsigned bank, Signal signal) const {
  return SignalHandle{first_of_channel(channel) + signals_of_channel(bank) +
                      static_cast<std::uint32_t>(signal) - first_signal(UnitKind::bank)};
}

void WaveUnits::add(UnitId id, const std::string& name, const DramShape& dram,
                    WaveRecorder& recorder) {
  const std::optional<UnitKind> kind = kind_of(name);
  if (!kind) return;
  const auto index = static_cast<std::size_t>(id);
  if (units_.size() <= index) units_.resize(index + 1);
  units_[index] = Unit{name, ShownUnit(*kind, recorder.signals(), dram)};
  add_signals(*kind, recorder);
  if (*kind != UnitKind::memory) return;
  for (unsigned channel = 0; channel < dram.channels; ++channel) {
    add_signals(UnitKind::channel, recorder);
    for (unsigned bank = 0; bank < dram.banks(); ++bank) add_signals(UnitKind::bank, recorder);
  }
}

void WaveUnits::declare(WaveWriter& writer) const {
  std::vector<const Unit*> units;
  for (const auto& unit : units_) {
    if (unit) units.push_back(&*unit);
  }
  std::sort(units.begin(), units.end(),
            [](const Unit* a, const Unit* b) { return a->name < b->name; });
  Declarer declarer(writer);
  for (const Unit* unit : units) declarer.declare(unit->name, unit->shown);
}

const ShownUnit* WaveUnits::find(UnitId id, UnitKind kind) const {
  const auto index = static_cast<std::size_t>(id);
  if (index >= units_.size() || !units_[index]) return nullptr;
  const ShownUnit& unit = units_[index]->shown;
  return unit.kind() == kind ? &unit : nullptr;
}

}  // namespace tlmmu::events
