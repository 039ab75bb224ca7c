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
  if (const auto* call = std::get_if<SupervisorCall>(trap_.call)) {
    players_[trap_.process].in_kernel().emplace(*call);
    return;
  }
  finish_call(trap_.process, trap_.answer);
}

void TraceCpu::finish_call(std::uint32_t process, const kernel::CallAnswer& answer) {
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
void TraceCpu::play_in_kernel(std::optional<SupervisorRun>& run) {
  if (run->done()) {
    run.reset();
    if (emit_.attached()) show_mode(events::HartMode::user);
    return finish_call(process_, kernel::call_result(0));
  }
  const MemoryAccess piece = run->piece();
  translation_.context = run->context();
  if (translate(piece) && access_in_kernel(piece)) count(piece, run->retire(piece));
  translation_.context = AccessContext();
}

bool TraceCpu::access_in_kernel(const MemoryAccess& piece) {
  const bool is_fetch = piece.type == AccessType::fetch;
  MemoryInitiatorSocket& socket = is_fetch ? fetch_memory : load_store_memory;
  const bool of_process = translation_.reply.translation.flags.u();
  if (verifier_ != nullptr && !is_fetch && of_process) {
    access_with_data(piece, socket);
    return true;
  }
  MemoryTransaction& transaction = is_fetch ? fetch_ : data_;
  const auto command =
      piece.type == AccessType::store ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND;
  auto& payload = transaction.without_data(command, translation_.reply.physical, piece.size);
  socket->b_transport(payload, delay_);
  if (payload.is_response_ok()) return true;
  ++stats_.access_faults;
  fault(piece, access_fault(piece.type));
  return false;
}

void TraceCpu::take_refusal() {
  if (trap_.answer.error == kernel::CallError::none) return;
  ++stats_.refused_accesses;
  players_[trap_.process].in_kernel().reset();
  finish_call(trap_.process, trap_.answer);
}

}  // namespace tlmmu
