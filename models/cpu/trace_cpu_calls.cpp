// SPDX-License-Identifier: Apache-2.0
// System calls: what a process asks of the kernel, and what the kernel does for it in supervisor
// mode.
#include "models/arch/exception.h"
#include "models/cpu/trace_cpu.h"

namespace tlmmu {

void TraceCpu::call_kernel(const SystemCall& call) {
  ++stats_.system_calls;
  trap_.call = &call;
  trap(TrapKind::system_call);
}

void TraceCpu::take_answer() {
  if (trap_.answer.answer != kernel::FaultAnswer::resume) return;
  std::optional<SupervisorRun>& run = players_[trap_.process].in_kernel();
  if (const auto* call = std::get_if<SupervisorCall>(trap_.call)) {
    run.emplace(*call);
  } else if (trap_.answer.copy) {
    run.emplace(*trap_.answer.copy);
  } else {
    finish_call(trap_.process, trap_.answer);
  }
}

void TraceCpu::finish_call(std::uint32_t process, const kernel::CallAnswer& answer) {
  players_[process].in_kernel().reset();
  ProgramSource& program = *players_[process].program();
  const SystemCall& call = *program.call();
  if (std::holds_alternative<ForkCall>(call) && answer.ok()) {
    take_child(static_cast<std::uint32_t>(answer.value), program.child());
  }
  const bool executes = std::holds_alternative<ExecCall>(call);
  const bool verifies = verifier_ != nullptr && answer.ok();
  if (verifies) verifier_->expected().called(process, call, answer.value);
  program.answer(answer);
  if (verifies && executes) verifier_->expected().start(process, program.image());
}

// The kernel numbers processes one by one, and uses the numbers of ended ones again when it has
// given out all.
void TraceCpu::take_child(std::uint32_t number, std::unique_ptr<ProgramSource> child) {
  if (number < players_.size()) {
    players_[number] = TracePlayer(*child);
  } else if (number == players_.size()) {
    players_.emplace_back(*child);
  } else {
    SC_REPORT_ERROR("/tlmmu/cpu/fork", "the kernel leaves out numbers of processes");
  }
  children_[number] = std::move(child);
}

std::string TraceCpu::process_name(std::uint32_t process) const {
  const ProgramSource* program = players_.at(process).program();
  return program == nullptr ? std::string() : program->name();
}

// The kernel may let another process run at each fault; the run goes on when this one does.
void TraceCpu::play_in_kernel(SupervisorRun& run) {
  if (run.done()) return leave_run(run);
  const MemoryAccess piece = run.piece();
  translation_.context = run.context();
  if (translate(piece) && access_in_kernel(run, piece)) {
    if (run.copies() && piece.type == AccessType::store) stats_.copied_bytes += piece.size;
    count(piece, run.retire(piece));
  }
  translation_.context = AccessContext();
}

void TraceCpu::leave_run(const SupervisorRun& run) {
  if (run.copies()) {
    trap_.call = current_->call();
    return trap(TrapKind::proceed);
  }
  if (emit_.attached()) show_mode(events::HartMode::user);
  finish_call(process_, kernel::call_result(0));
}

bool TraceCpu::access_in_kernel(SupervisorRun& run, const MemoryAccess& piece) {
  const bool is_fetch = piece.type == AccessType::fetch;
  const bool is_store = piece.type == AccessType::store;
  // What a driver does to the kernel's half moves no data: it would be the kernel's own.
  const bool moves = run.copies() || translation_.reply.translation.flags.u();
  const bool verifies = verifier_ != nullptr && !is_fetch && moves;
  const auto command = is_store ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND;
  MemoryTransaction& transaction = is_fetch ? fetch_ : data_;
  if (verifies && is_store && !run.copies()) {
    verifier_->fill(process_, piece.address, buffer_.data(), piece.size);
  }
  unsigned char* data = run.copies() ? run.registers() : buffer_.data();
  auto& payload =
      verifies ? transaction.with_data(command, translation_.reply.physical, data, piece.size)
               : transaction.without_data(command, translation_.reply.physical, piece.size);
  (is_fetch ? fetch_memory : load_store_memory)->b_transport(payload, delay_);
  if (!payload.is_response_ok()) {
    ++stats_.access_faults;
    fault(piece, access_fault(piece.type));
    return false;
  }
  if (verifies) verify_in_kernel(run, piece, data);
  return true;
}

// A copy's store leaves there what its load found.
void TraceCpu::verify_in_kernel(const SupervisorRun& run, const MemoryAccess& piece,
                                const unsigned char* data) {
  const bool of_process = translation_.reply.translation.flags.u();
  const bool is_store = piece.type == AccessType::store;
  if (of_process && is_store) {
    if (run.copies()) verifier_->copied(process_, piece.address, data, piece.size);
  } else if (of_process) {
    verifier_->check(process_, piece.address, data, piece.size);
  } else {
    const kernel::FileTransfer& transfer = std::get<TransferCall>(*current_->call()).request;
    const Bytes at = transfer.offset + run.position();
    is_store ? verifier_->copied_to_file(transfer.file, at, data, piece.size)
             : verifier_->check_file(transfer.file, at, data, piece.size);
  }
}

void TraceCpu::take_fault_answer() {
  std::optional<SupervisorRun>& run = players_[trap_.process].in_kernel();
  if (trap_.fault == kernel::FaultAnswer::refused) {
    ++stats_.refused_accesses;
    finish_call(trap_.process, trap_.answer);
  } else if (trap_.fault == kernel::FaultAnswer::blocked && run->copies()) {
    run->abandon();  // the page of the file may go meanwhile
  }
}

}  // namespace tlmmu
