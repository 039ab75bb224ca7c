// SPDX-License-Identifier: Apache-2.0
#include "models/events/wave_sink.h"

#include <fmt/format.h>

#include <utility>

namespace tlmmu::events {
namespace {

// Colors of the boxes that GTKWave draws for texts (names of X11), by value of the enumeration.
constexpr const char* kAccessColors[] = {"SteelBlue4", "DarkGreen", "DarkOrange4"};
constexpr const char* kFaultColors[] = {"DarkGreen", "DarkOrange4", "DarkRed",   "SteelBlue4",
                                        "gray40",    "magenta4",    "DarkGreen", "red4"};
constexpr const char* kCommandColors[] = {"DarkGreen", "SteelBlue4", "DarkOrange4", "gray40",
                                          "DarkRed"};
constexpr const char* kProcessColors[] = {"SteelBlue4", "DarkGreen", "DarkOrange4", "purple4",
                                          "cyan4",      "magenta4",  "goldenrod4",  "DarkRed"};

// A fault takes the kernel hundreds of clocks at least.
constexpr std::uint64_t kFaultPulses = 500;

template <class Value, unsigned long N>
const char* color_of(const char* const (&colors)[N], Value value) {
  return colors[static_cast<std::size_t>(value) % N];
}

template <class State>
std::uint64_t number(State state) {
  return static_cast<std::uint64_t>(state);
}

WalkerState reading(unsigned level) {
  return static_cast<WalkerState>(static_cast<unsigned>(WalkerState::read0) + level);
}

WalkResult result_of(WalkOutcome outcome) {
  switch (outcome) {
    case WalkOutcome::translated:
      return WalkResult::translated;
    case WalkOutcome::page_fault:
      return WalkResult::page_fault;
    case WalkOutcome::access_fault:
      return WalkResult::access_fault;
    case WalkOutcome::guest_page_fault:
      return WalkResult::guest_page_fault;
  }
  return WalkResult::none;
}

}  // namespace

WaveSink::WaveSink(std::unique_ptr<WaveWriter> writer, const WaveSettings& settings)
    : settings_(settings), writer_(std::move(writer)), recorder_(*writer_) {}

void WaveSink::name_unit(UnitId id, const std::string& name) {
  if (!begun_) units_.add(id, name, settings_.dram, recorder_);
}

void WaveSink::begin() {
  if (begun_) return;
  begun_ = true;
  units_.declare(*writer_);
  recorder_.begin();
}

void WaveSink::advance_to(Picoseconds now) {
  begin();
  now_ = now;
  recorder_.advance_to(now);
}

void WaveSink::close() {
  begin();
  recorder_.finish(now_);
  writer_->close();
}

void WaveSink::show_lookup(Picoseconds at, SignalHandle signal, Lookup outcome) {
  const LookupState state = outcome == Lookup::hit ? LookupState::hit : LookupState::miss;
  recorder_.pulse(at, at + settings_.pulse, signal, number(state), number(LookupState::idle));
}

void WaveSink::on(const Stamp& stamp, const TlbLookup& event) {
  const ShownUnit* tlb = units_.find(stamp.unit, UnitKind::tlb);
  if (tlb == nullptr) return;
  show_lookup(stamp.at, tlb->signal(Signal::tlb_lookup), event.outcome);
  recorder_.set(stamp.at, tlb->signal(Signal::tlb_address), event.address.value());
}

void WaveSink::on(const Stamp& stamp, const TlbFilled& event) {
  const ShownUnit* tlb = units_.find(stamp.unit, UnitKind::tlb);
  if (tlb == nullptr) return;
  recorder_.set(stamp.at, tlb->signal(Signal::tlb_filled), event.vpn.value());
}

void WaveSink::on(const Stamp& stamp, const WalkStarted& event) {
  const ShownUnit* walker = units_.find(stamp.unit, UnitKind::walker);
  if (walker == nullptr) return;
  recorder_.set_text(stamp.at, walker->signal(Signal::walk),
                     fmt::format("?{}?{} {:#x}", color_of(kAccessColors, event.type),
                                 name_in(kAccessTypeNames, event.type), event.address.value()));
  recorder_.set(stamp.at, walker->signal(Signal::walk_state), number(WalkerState::lookup));
  recorder_.set(stamp.at, walker->signal(Signal::walk_address), event.address.value());
  recorder_.set(stamp.at, walker->signal(Signal::walk_result), number(WalkResult::none));
}

void WaveSink::on(const Stamp& stamp, const PteFetched& event) {
  const ShownUnit* walker = units_.find(stamp.unit, UnitKind::walker);
  if (walker == nullptr) return;
  recorder_.set(stamp.at, walker->signal(Signal::walk_state), number(reading(event.level)));
  recorder_.set(stamp.at, walker->signal(Signal::walk_level), event.level);
  recorder_.set(stamp.at, walker->signal(Signal::walk_pte_address), event.address.value());
  recorder_.set(stamp.at, walker->signal(Signal::walk_pte), event.pte);
}

void WaveSink::on(const Stamp& stamp, const PteUpdated& event) {
  const ShownUnit* walker = units_.find(stamp.unit, UnitKind::walker);
  if (walker == nullptr) return;
  recorder_.set(stamp.at, walker->signal(Signal::walk_state), number(WalkerState::update));
  recorder_.set(stamp.at, walker->signal(Signal::walk_pte_address), event.address.value());
  recorder_.set(stamp.at, walker->signal(Signal::walk_pte), event.pte);
}

void WaveSink::on(const Stamp& stamp, const WalkFinished& event) {
  const ShownUnit* walker = units_.find(stamp.unit, UnitKind::walker);
  if (walker == nullptr) return;
  recorder_.set_text(stamp.at, walker->signal(Signal::walk), {});
  recorder_.set(stamp.at, walker->signal(Signal::walk_state), number(WalkerState::idle));
  recorder_.set(stamp.at, walker->signal(Signal::walk_result), number(result_of(event.outcome)));
}

void WaveSink::on(const Stamp& stamp, const CacheLookup& event) {
  const ShownUnit* cache = units_.find(stamp.unit, UnitKind::cache);
  if (cache == nullptr) return;
  show_lookup(stamp.at, cache->signal(Signal::cache_lookup), event.outcome);
  recorder_.set(stamp.at, cache->signal(Signal::cache_address), event.address.value());
}

void WaveSink::on(const Stamp& stamp, const DramCommand& event) {
  const ShownUnit* memory = units_.find(stamp.unit, UnitKind::memory);
  if (memory == nullptr || !memory->dram().has(event.channel, event.bank)) return;
  recorder_.pulse_text(stamp.at, stamp.at + settings_.pulse,
                       memory->channel_signal(event.channel, Signal::channel_command),
                       fmt::format("?{}?{} bank {}", color_of(kCommandColors, event.command),
                                   name_in(kDramCommandNames, event.command), event.bank));
  const auto bank_signal = [&](Signal signal) {
    return memory->bank_signal(event.channel, event.bank, signal);
  };
  switch (event.command) {
    case DramCommandName::activate:
      recorder_.set(stamp.at, bank_signal(Signal::bank_state), number(BankState::open));
      recorder_.set(stamp.at, bank_signal(Signal::bank_row), event.row);
      break;
    case DramCommandName::precharge:
      recorder_.set(stamp.at, bank_signal(Signal::bank_state), number(BankState::closed));
      break;
    case DramCommandName::refresh:
      show_refresh(stamp.at, *memory, event);
      break;
    case DramCommandName::read:
    case DramCommandName::write:
      break;
  }
}

/// A REF names its rank's first bank and keeps all banks of the rank busy.
void WaveSink::show_refresh(Picoseconds at, const ShownUnit& memory, const DramCommand& event) {
  const DramShape& dram = memory.dram();
  for (unsigned i = 0; i < dram.banks_per_rank; ++i) {
    recorder_.pulse(at, at + dram.refresh,
                    memory.bank_signal(event.channel, event.bank + i, Signal::bank_state),
                    number(BankState::refreshing), number(BankState::closed));
  }
}

void WaveSink::on(const Stamp& stamp, const DiskQueue& event) {
  const ShownUnit* disk = units_.find(stamp.unit, UnitKind::disk);
  if (disk == nullptr) return;
  recorder_.set(stamp.at, disk->signal(Signal::disk_waiting), event.waiting);
  recorder_.set(stamp.at, disk->signal(Signal::disk_in_service), event.in_service);
}

void WaveSink::on(const Stamp& stamp, const PageFault& event) {
  const ShownUnit* kernel = units_.find(stamp.unit, UnitKind::kernel);
  if (kernel == nullptr) return;
  recorder_.pulse_text(
      stamp.at, stamp.at + settings_.pulse * kFaultPulses, kernel->signal(Signal::kernel_fault),
      fmt::format("?{}?{} process {} {:#x}", color_of(kFaultColors, event.kind),
                  name_in(kFaultKindNames, event.kind), event.process, event.address.value()));
}

void WaveSink::on(const Stamp& stamp, const FrameCounts& event) {
  const ShownUnit* kernel = units_.find(stamp.unit, UnitKind::kernel);
  if (kernel == nullptr) return;
  recorder_.set(stamp.at, kernel->signal(Signal::kernel_free), event.free);
  recorder_.set(stamp.at, kernel->signal(Signal::kernel_mapped), event.mapped);
  recorder_.set(stamp.at, kernel->signal(Signal::kernel_page_tables), event.page_tables);
  recorder_.set(stamp.at, kernel->signal(Signal::kernel_in_flight), event.in_flight);
}

void WaveSink::on(const Stamp& stamp, const ProcessSwitch& event) {
  const ShownUnit* kernel = units_.find(stamp.unit, UnitKind::kernel);
  if (kernel == nullptr) return;
  const bool idle = event.process == ProcessSwitch::kIdle;
  recorder_.set_text(
      stamp.at, kernel->signal(Signal::kernel_process),
      idle ? std::string()
           : fmt::format("?{}?process {}", color_of(kProcessColors, event.process), event.process));
}

void WaveSink::on(const Stamp& stamp, const ModeChange& event) {
  const ShownUnit* cpu = units_.find(stamp.unit, UnitKind::cpu);
  if (cpu == nullptr) return;
  recorder_.set(stamp.at, cpu->signal(Signal::cpu_mode), number(event.mode));
}

}  // namespace tlmmu::events
