// SPDX-License-Identifier: Apache-2.0
// The ways into the kernel.
#include "firmware/kernel/kernel.h"

namespace tlmmu::kernel {

Kernel::Kernel(Machine& machine, const Settings& settings, const Storage& storage)
    : state_(machine, settings, storage),
      mapper_(state_),
      huge_(state_, mapper_),
      spaces_(state_, mapper_, huge_),
      reclaimer_(state_, mapper_, huge_),
      ending_(state_, mapper_, spaces_),
      allocator_(state_, mapper_, reclaimer_, ending_),
      page_in_(state_, mapper_, allocator_),
      writeback_(state_, mapper_),
      file_sync_(state_, mapper_, page_in_, writeback_),
      faults_(state_, mapper_, allocator_, ending_, page_in_, spaces_),
      completion_(state_, mapper_, reclaimer_, ending_, page_in_, spaces_),
      segments_(state_, allocator_, spaces_),
      areas_(state_, mapper_, allocator_, page_in_, spaces_, faults_, segments_, file_sync_),
      file_io_(state_, mapper_, page_in_, areas_),
      tasks_(state_, mapper_, allocator_, ending_, spaces_, areas_),
      load_control_(state_),
      reference_tick_(state_, mapper_) {}

std::optional<ProcessId> Kernel::create_process() {
  const auto process = tasks_.create_trace();
  if (process) reclaimer_.frames_taken();
  return process;
}

std::optional<ProcessId> Kernel::create_task(const ProgramImage& image) {
  const auto process = tasks_.create(image);
  if (process) reclaimer_.frames_taken();
  return process;
}

std::optional<FileId> Kernel::create_file(std::uint64_t pages) {
  if (state_.files.full() || pages == 0) return std::nullopt;
  const auto first = state_.blocks.allocate_file(pages + 1);
  if (!first) return std::nullopt;
  const FileId id = state_.files.add();
  state_.files.at(id) = {*first, pages};
  return id;
}

FaultAnswer Kernel::page_fault(const FaultRequest& request) {
  Process& process = state_.processes.at(request.process);
  const FaultAnswer answer = faults_.handle(process, request);
  if (answer == FaultAnswer::blocked) mapper_.pins().wait_with_source(process);
  settle();
  return answer;
}

FaultAnswer Kernel::access_fault(const FaultRequest& request) {
  const FaultAnswer answer = faults_.no_memory_there(state_.processes.at(request.process), request);
  settle();
  return answer;
}

void Kernel::timer(ProcessId id) {
  Process& process = state_.processes.at(id);
  mapper_.pins().unpin(process);
  state_.scheduler.preempt(process);
  settle();
}

void Kernel::exit(ProcessId id) {
  if (is_alive(id)) {
    ++state_.counters.exits;
    ending_.end(state_.processes.at(id));
  }
  settle();
}

void Kernel::disk_done(DiskTag tag, TransferResult result) {
  completion_.finish(tag, result);
  settle();
}

// What is left to do at the end of every entry: clocks, one slice of kswapd, and nothing promised
// any more.
void Kernel::settle() {
  state_.settled = state_.machine.now();
  load_control_.check();
  reference_tick_.check();
  writeback_.check();
  reclaimer_.kswapd_slice();
  if (!state_.slabs_may_shrink) return;
  state_.slabs_may_shrink = false;
  while (const auto frame = state_.area_slab.shrink()) {
    state_.frames.release(state_.frames.at(*frame));
  }
  while (const auto frame = state_.mapping_slab.shrink()) {
    state_.frames.release(state_.frames.at(*frame));
  }
}

std::optional<ProcessId> Kernel::schedule() {
  load_control_.rescue();
  Process* process = state_.scheduler.pick();
  if (process == nullptr) return std::nullopt;
  mapper_.renew_asid(*process);
  return process->id;
}

AddressSpace Kernel::address_space(ProcessId id) const {
  const Process& process = state_.processes.at(id);
  return {state_.settings.mode, process.root, process.asid};
}

bool Kernel::is_alive(ProcessId id) const {
  return state_.processes.contains(id) && state_.processes.at(id).is_alive();
}

void Kernel::referenced(ProcessId id, VirtualAddress address) {
  if (address.value() >= state_.mode.user_half().value()) return;  // memory as the kernel sees it
  const auto leaf = spaces_.tables().find(state_.processes.at(id).root, address);
  if (!leaf) return;
  const Pte pte = state_.machine.read_pte(leaf->entry);
  if (!pte.flags().v()) return;
  Frame& frame = state_.frames.at(pte.ppn());
  const bool by_policy = frame.pool != nullptr && frame.pool != &state_.shared_pages;
  if (by_policy) state_.policy.touched(*frame.pool, frame);
}

}  // namespace tlmmu::kernel
