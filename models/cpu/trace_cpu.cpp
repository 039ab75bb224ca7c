// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/trace_cpu.h"

#include <fmt/format.h>

#include <algorithm>

namespace tlmmu {

TraceCpu::TraceCpu(const sc_core::sc_module_name& name, const CpuConfig& config,
                   const std::vector<AccessSource*>& sources, StoreVerifier* verifier,
                   events::Emitter emit)
    : sc_module(name),
      fetch_translation("fetch_translation"),
      load_store_translation("load_store_translation"),
      fetch_memory("fetch_memory"),
      load_store_memory("load_store_memory"),
      trap_out("trap_out"),
      interrupt_in("interrupt_in"),
      instruction_time_(config.clock.of(Cycles(config.instruction_cycles))),
      verifier_(verifier),
      emit_(emit) {
  stats_.clock_period = config.clock.period();
  fetch_translation.bind(fetch_translation_back_);
  load_store_translation.bind(load_store_translation_back_);
  fetch_memory.bind(fetch_memory_back_);
  load_store_memory.bind(load_store_memory_back_);
  trap_out.bind(trap_back_);
  for (AccessSource* source : sources) {
    if (verifier_ != nullptr && source->program() != nullptr) {
      const auto number = static_cast<std::uint32_t>(players_.size());
      verifier_->expected().start(number, source->program()->image());
    }
    players_.emplace_back(*source);
  }
  translation_payload_.set_extension(&translation_);
  translation_payload_.set_command(tlm::TLM_IGNORE_COMMAND);
  trap_payload_.set_extension(&trap_);
  trap_payload_.set_command(tlm::TLM_IGNORE_COMMAND);
  SC_HAS_PROCESS(TraceCpu);
  SC_THREAD(run);
}

TraceCpu::~TraceCpu() {
  translation_payload_.clear_extension(&translation_);
  trap_payload_.clear_extension(&trap_);
}

void TraceCpu::run() {
  quantum_ = tlm::tlm_global_quantum::instance().get();
  try {
    if (boot_) boot(*boot_);
    trap(TrapKind::start);
    while (current_ != nullptr) play();
    synchronize();
    stats_.elapsed_time = local_time(delay_);
    finished_ = true;
  } catch (const std::runtime_error&) {
    // SystemC would turn it into an sc_report; the platform wants what the trace reader threw
    failure_ = std::current_exception();
    sc_core::sc_stop();
  }
}

void TraceCpu::play() {
  if (__builtin_expect(!current_->has_piece(), 0)) {
    if (current_->in_kernel()) {
      play_in_kernel(*current_->in_kernel());
    } else {
      const SystemCall* call = current_->call();
      call == nullptr ? trap(TrapKind::exit) : call_kernel(*call);
    }
    return keep_up();
  }
  const MemoryAccess piece = current_->piece();
  if (!translate(piece)) return keep_up();
  access_memory(piece);
  count(piece, current_->retire(piece));
  if (delay_ >= limit_) keep_time();
}

bool TraceCpu::translate(const MemoryAccess& piece) {
  ++stats_.translations;
  translation_payload_.set_address(piece.address.value());
  translation_.type = piece.type;
  if (piece.type == AccessType::fetch) {
    fetch_translation->b_transport(translation_payload_, delay_);
  } else {
    load_store_translation->b_transport(translation_payload_, delay_);
  }
  if (__builtin_expect(!translation_.reply.fault.has_value(), 1)) return true;
  ++stats_.page_faults;
  fault(piece, *translation_.reply.fault);
  return false;
}

void TraceCpu::fault(const MemoryAccess& piece, ExceptionCause cause) {
  trap_.cause = cause;
  trap_.type = piece.type;
  trap_.address = piece.address;
  trap_.context = translation_.context;
  trap(TrapKind::page_fault);
}

void TraceCpu::access_memory(const MemoryAccess& piece) {
  const bool is_fetch = piece.type == AccessType::fetch;
  MemoryInitiatorSocket& socket = is_fetch ? fetch_memory : load_store_memory;
  if (verifier_ != nullptr && !is_fetch) return access_with_data(piece, socket);
  MemoryTransaction& transaction = is_fetch ? fetch_ : data_;
  const auto command =
      piece.type == AccessType::store ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND;
  auto& payload = transaction.without_data(command, translation_.reply.physical, piece.size);
  socket->b_transport(payload, delay_);
  if (__builtin_expect(!payload.is_response_ok(), 0)) report_bus_error(piece, payload);
}

void TraceCpu::access_with_data(const MemoryAccess& piece, MemoryInitiatorSocket& socket) {
  const bool is_store = piece.type == AccessType::store;
  if (is_store) verifier_->fill(process_, piece.address, buffer_.data(), piece.size);
  auto& payload = data_.with_data(is_store ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND,
                                  translation_.reply.physical, buffer_.data(), piece.size);
  socket->b_transport(payload, delay_);
  if (!payload.is_response_ok()) report_bus_error(piece, payload);
  if (!is_store) verifier_->check(process_, piece.address, buffer_.data(), piece.size);
}

void TraceCpu::report_bus_error(const MemoryAccess& piece,
                                const tlm::tlm_generic_payload& payload) const {
  const auto message = fmt::format("process {}: {} at 0x{:x}, physical 0x{:x}: {}", process_,
                                   name_in(kAccessTypeNames, piece.type), piece.address.value(),
                                   payload.get_address(), payload.get_response_string());
  SC_REPORT_ERROR("/tlmmu/cpu/bus_error", message.c_str());
}

void TraceCpu::count(const MemoryAccess& piece, bool access_done) {
  ++stats_.pieces;
  stats_.bytes += piece.size;
  if (__builtin_expect(!access_done, 0)) {
    ++stats_.page_crossings;
    return;
  }
  const bool user = translation_.context.privilege == Privilege::user;
  ++(user ? stats_.user_accesses : stats_.supervisor_accesses);
  switch (piece.type) {
    case AccessType::fetch:
      ++stats_.fetches;
      delay_ += to_sc_time(instruction_time_);
      stats_.execute_time += instruction_time_;
      break;
    case AccessType::load:
      ++stats_.loads;
      break;
    case AccessType::store:
      ++stats_.stores;
      break;
  }
}

void TraceCpu::keep_time() {
  if (local_time(delay_) >= slice_end_) {
    ++stats_.timer_traps;
    trap(TrapKind::timer);
  }
  if (delay_ >= quantum_) synchronize();
  set_limit();
}

// Processes that do nothing but trap must not run away from the rest of the model: the disk could
// never tell them that it is done.
void TraceCpu::keep_up() {
  if (delay_ < quantum_) return;
  synchronize();
  set_limit();
}

void TraceCpu::synchronize() {
  ++stats_.synchronizations;
  wait(delay_);
  delay_ = sc_core::SC_ZERO_TIME;
  if (on_synchronize_) on_synchronize_();
  if (current_ != nullptr && interrupt_in.read()) {
    ++stats_.interrupts;
    trap(TrapKind::interrupt);
  }
}

void TraceCpu::set_limit() {
  const Picoseconds now = local_time(sc_core::SC_ZERO_TIME);
  const Picoseconds slice_left = slice_end_ > now ? slice_end_ - now : Picoseconds(0);
  limit_ = std::min(quantum_, to_sc_time(slice_left));
}

void TraceCpu::trap(TrapKind kind) {
  trap_.kind = kind;
  trap_.process = process_;
  trap_.copied = Bytes(0);
  if (current_ != nullptr && current_->in_kernel()) {
    trap_.copied = current_->in_kernel()->take_copied();
  }
  trap_payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  if (emit_.attached()) show_mode(events::HartMode::supervisor);
  trap_out->b_transport(trap_payload_, delay_);
  if (!trap_payload_.is_response_ok()) {
    SC_REPORT_ERROR("/tlmmu/cpu/trap", "the kernel refused a trap");
  }
  if (kind == TrapKind::system_call || kind == TrapKind::proceed) take_answer();
  if (kind == TrapKind::page_fault && trap_.context.privilege != Privilege::user) {
    take_fault_answer();
  }
  if (!trap_.next) {
    current_ = nullptr;
    return;
  }
  process_ = *trap_.next;
  current_ = &players_.at(process_);
  translation_.space = trap_.space;
  slice_end_ = local_time(delay_) + trap_.time_slice;
  set_limit();
  const bool user = !current_->in_kernel();
  if (emit_.attached() && user) show_mode(events::HartMode::user);
}

void TraceCpu::show_mode(events::HartMode mode) {
  if (shown_mode_ == mode) return;
  shown_mode_ = mode;
  emit_(local_time(delay_), events::ModeChange{mode});
}

}  // namespace tlmmu
