// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/host_kernel.h"

#include <fmt/format.h>

#include "models/base/error.h"
#include "models/kernel/system_calls.h"

namespace tlmmu {

using kernel::FaultAnswer;
using kernel::Operation;
using kernel::ProcessId;

HostKernel::HostKernel(const sc_core::sc_module_name& name, const KernelConfig& config,
                       const HostKernelContext& context, events::Emitter emit)
    : sc_module(name),
      trap_in("trap_in"),
      memory_out("memory_out"),
      bus_out("bus_out"),
      fence_out("fence_out"),
      interrupt_in("interrupt_in"),
      processes_(context.processes),
      boot_(context.boot),
      time_slice_(config.time_slice),
      disk_timeout_(config.disk_timeout),
      emit_(emit),
      machine_({memory_out, bus_out, fence_out}, context.disk_registers, emit),
      memory_(kernel_settings(config, context), context.process_capacity()),
      kernel_(machine_, kernel_settings(config, context), memory_.storage()) {
  machine_.set_mode(paging_mode(context.paging_mode));
  machine_.set_costs(config.cycles, context.clock);
  trap_in.bind(*this);
  memory_out.bind(memory_back_);
  bus_out.bind(bus_back_);
  fence_out.bind(fence_back_);
}

KernelStats HostKernel::stats() const {
  KernelStats stats{PortableKernelStats(kernel_), machine_.stats()};
  const std::vector<FaultTimes>& times = stats.port.process_fault_time;
  for (std::size_t i = 0; i < times.size(); ++i) stats.portable.processes[i].fault_time = times[i];
  return stats;
}

void HostKernel::referenced(VirtualAddress address) {
  if (shown_process_ == events::ProcessSwitch::kIdle) return;
  machine_.observe([&] { kernel_.referenced(ProcessId(shown_process_), address); });
}

Picoseconds HostKernel::idle_time(Picoseconds now) const {
  const Picoseconds before = machine_.stats().idle_time;
  return idle_since_ ? before + (now - *idle_since_) : before;
}

std::vector<ProcessKill> HostKernel::kills() const {
  std::vector<ProcessKill> kills;
  for (const auto& kill : machine_.kills()) kills.push_back({kill.process.value(), kill.reason});
  return kills;
}

void HostKernel::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  auto* trap = payload.get_extension<TrapExtension>();
  if (trap == nullptr) {
    SC_REPORT_ERROR("/tlmmu/kernel/trap", "a payload without a TrapExtension");
    return payload.set_response_status(tlm::TLM_GENERIC_ERROR_RESPONSE);
  }
  machine_.enter(delay);
  if (trap->kind != TrapKind::proceed) machine_.charge(Operation::trap);
  if (trap->copied != Bytes(0)) kernel_.copied(ProcessId(trap->process), trap->copied);
  handle(*trap);
  check_disk();
  answer(*trap, next_process(delay));
  emit_frame_counts();
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

void HostKernel::handle(TrapExtension& trap) {
  TrapStats& traps = machine_.stats().traps;
  keeps_slice_ = false;
  switch (trap.kind) {
    case TrapKind::start:
      ++traps.start;
      return start();
    case TrapKind::page_fault:
      ++traps.page_fault;
      return page_fault(trap);
    case TrapKind::timer:
      ++traps.timer;
      return kernel_.timer(ProcessId(trap.process));
    case TrapKind::interrupt:
      ++traps.interrupt;
      keeps_slice_ = true;
      return take_completions(machine_.stats().completions);
    case TrapKind::system_call:
      ++traps.system_call;
      return system_call(trap);
    case TrapKind::exit:
      ++traps.exit;
      return kernel_.exit(ProcessId(trap.process));
    case TrapKind::proceed:
      trap.answer = kernel_.proceed(ProcessId(trap.process));
      keeps_slice_ = trap.answer.answer == FaultAnswer::resume;
      return;
  }
}

void HostKernel::start() {
  machine_.start_disk();
  for (std::size_t i = 0; i < boot_.files.size(); ++i) {
    if (kernel_.create_file(boot_.files[i])) continue;
    throw InputError(
        fmt::format("swap_disk.capacity: no room for {} files, of which number {} has {} pages",
                    boot_.files.size(), i + 1, boot_.files[i]));
  }
  for (std::uint32_t i = 0; i < processes_; ++i) start_process(i);
}

void HostKernel::start_process(std::uint32_t number) {
  const auto program =
      number < boot_.processes.size() ? boot_.processes[number] : std::optional<std::uint32_t>();
  const auto created =
      program ? kernel_.create_task(boot_.image(*program)) : kernel_.create_process();
  if (created) return;
  // kernel_settings has seen to it that memory and process table suffice.
  if (!program) return SC_REPORT_ERROR("/tlmmu/kernel", "a process cannot be created");
  throw InputError(fmt::format(
      "process {} cannot be started: its program does not fit into the address space, or not "
      "enough memory is free",
      number));
}

void HostKernel::page_fault(TrapExtension& trap) {
  const Picoseconds entered = machine_.now();
  machine_.take_fault_kind();  // of a page that a system call brought in
  const kernel::FaultRequest request{ProcessId(trap.process), trap.address, trap.type,
                                     trap.context};
  const FaultAnswer answer = trap.cause == tlmmu::page_fault(trap.type)
                                 ? kernel_.page_fault(request)
                                 : kernel_.access_fault(request);
  const bool refused = answer == FaultAnswer::refused;
  if (refused) trap.answer = kernel_.give_up(ProcessId(trap.process));
  trap.fault = answer;
  keeps_slice_ = refused || answer == FaultAnswer::resume;
  KernelPortStats& stats = machine_.stats();
  const Picoseconds took = machine_.now() - entered;
  stats.fault_handling.record(took / nanoseconds(1));
  const auto kind = machine_.take_fault_kind();
  stats.fault_time.add(kind, took);
  if (stats.process_fault_time.size() <= trap.process) {
    stats.process_fault_time.resize(trap.process + std::size_t{1});
  }
  stats.process_fault_time[trap.process].add(kind, took);
}

void HostKernel::system_call(TrapExtension& trap) {
  trap.answer = make_call(kernel_, ProcessId(trap.process), *trap.call, boot_);
  keeps_slice_ = trap.answer.answer == FaultAnswer::resume;
}

std::optional<Picoseconds> HostKernel::disk_deadline() const {
  const auto since = machine_.disk().silent_since();
  if (!since) return std::nullopt;
  return *since + disk_timeout_;
}

void HostKernel::check_disk() {
  const auto deadline = disk_deadline();
  if (!deadline || machine_.now() < *deadline) return;
  ++machine_.stats().disk_timeouts;
  machine_.disk().heard(machine_.now());
  take_completions(machine_.stats().lost_completions);
}

void HostKernel::take_completions(std::uint64_t& counter) {
  while (const auto finished = machine_.take_completion()) {
    ++counter;
    kernel_.disk_done(finished->tag, finished->result);
    emit_frame_counts();
  }
}

std::optional<std::uint32_t> HostKernel::next_process(sc_core::sc_time& delay) {
  for (;;) {
    if (const auto next = kernel_.schedule()) return next->value();
    // The machine stays on until the disk is done: what it still writes holds frames and slots.
    if (kernel_.alive() == 0 && kernel_.shut_down()) return std::nullopt;
    emit_frame_counts();
    emit_switch(events::ProcessSwitch::kIdle);
    wait_for_disk(delay);
    machine_.charge(Operation::trap);
    if (interrupt_in.read()) {
      ++machine_.stats().traps.idle_interrupt;
      take_completions(machine_.stats().completions);
    } else {
      ++machine_.stats().traps.idle_timeout;
      check_disk();
    }
    keeps_slice_ = false;
  }
}

void HostKernel::wait_for_disk(sc_core::sc_time& delay) {
  wait(delay);
  delay = sc_core::SC_ZERO_TIME;
  idle_since_ = machine_.now();
  const auto deadline = disk_deadline();
  while (!interrupt_in.read() && (!deadline || machine_.now() < *deadline)) {
    if (deadline) {
      wait(to_sc_time(*deadline - machine_.now()), interrupt_in.posedge_event());
    } else {
      wait(interrupt_in.posedge_event());
    }
  }
  machine_.stats().idle_time += machine_.now() - *idle_since_;
  idle_since_.reset();
}

void HostKernel::answer(TrapExtension& trap, std::optional<std::uint32_t> next) {
  const bool may_kill = trap.kind == TrapKind::page_fault || trap.kind == TrapKind::system_call ||
                        trap.kind == TrapKind::proceed;
  trap.process_killed = may_kill && !kernel_.is_alive(ProcessId(trap.process));
  trap.next = next;
  if (!next) return emit_switch(events::ProcessSwitch::kIdle);
  emit_switch(*next);
  trap.space = kernel_.address_space(ProcessId(*next));
  const Picoseconds now = machine_.now();
  if (!keeps_slice_) slice_end_ = now + time_slice_;
  trap.time_slice = slice_end_ > now ? slice_end_ - now : Picoseconds(0);
}

void HostKernel::emit_switch(std::uint32_t process) {
  if (process == shown_process_) return;
  shown_process_ = process;
  emit_(machine_.now(), events::ProcessSwitch{process});
}

void HostKernel::emit_frame_counts() {
  if (!emit_.attached()) return;
  const kernel::FrameCounts counts = kernel_.state().frames.counts();
  const events::FrameCounts shown{counts.free, counts.mapped, counts.page_tables,
                                  counts.in_flight()};
  const events::FrameCounts& last = shown_frames_;
  if (shown.free == last.free && shown.mapped == last.mapped &&
      shown.page_tables == last.page_tables && shown.in_flight == last.in_flight) {
    return;
  }
  shown_frames_ = shown;
  emit_(machine_.now(), shown);
}

}  // namespace tlmmu
