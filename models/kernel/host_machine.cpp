// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/host_machine.h"

namespace tlmmu {

using kernel::TransferDirection;

HostMachine::HostMachine(const HostMachineSockets& sockets, PhysicalAddress disk_registers,
                         events::Emitter emit)
    : sockets_(sockets), disk_(sockets.bus, disk_registers), emit_(emit) {
  fence_.command = TranslationCommand::fence;
  fence_payload_.set_extension(&fence_);
  fence_payload_.set_command(tlm::TLM_IGNORE_COMMAND);
}

HostMachine::~HostMachine() {
  fence_payload_.clear_extension(&fence_);
}

void HostMachine::set_costs(const KernelCyclesConfig& cycles, ClockPeriod clock) {
  for (const auto& name : kOperationNames) {
    stats_.operations[static_cast<unsigned>(name.value)].cost = clock.of(cycles.of(name.value));
  }
}

void HostMachine::send(tlm::tlm_generic_payload& payload) {
  sockets_.memory->b_transport(payload, *delay_);
  if (!payload.is_response_ok()) {
    SC_REPORT_ERROR("/tlmmu/kernel/memory", payload.get_response_string().c_str());
  }
}

void HostMachine::access(tlm::tlm_command command, PhysicalAddress address, unsigned char* data,
                         unsigned length) {
  send(memory_.with_data(command, address, data, length));
}

void HostMachine::look(PhysicalAddress address, unsigned char* data, unsigned length) {
  auto& payload = memory_.with_data(tlm::TLM_READ_COMMAND, address, data, length);
  if (sockets_.memory->transport_dbg(payload) != length) {
    SC_REPORT_ERROR("/tlmmu/kernel/memory", "a page table cannot be looked at");
  }
}

Pte HostMachine::read_pte(PhysicalAddress entry) {
  std::uint64_t word = 0;
  if (observing_) {
    look(entry, reinterpret_cast<unsigned char*>(&word), pte_bytes_);
    return Pte(word);
  }
  access(tlm::TLM_READ_COMMAND, entry, reinterpret_cast<unsigned char*>(&word), pte_bytes_);
  return Pte(word);
}

void HostMachine::write_pte(PhysicalAddress entry, Pte pte) {
  std::uint64_t word = pte.raw();
  access(tlm::TLM_WRITE_COMMAND, entry, reinterpret_cast<unsigned char*>(&word), pte_bytes_);
}

void HostMachine::zero_frame(Ppn frame) {
  access(tlm::TLM_WRITE_COMMAND, address_of(frame), zeros_.data(), kPage);
}

void HostMachine::copy_frame(kernel::FrameCopy copy) {
  access(tlm::TLM_READ_COMMAND, address_of(copy.from), buffer_.data(), kPage);
  access(tlm::TLM_WRITE_COMMAND, address_of(copy.to), buffer_.data(), kPage);
}

void HostMachine::fence(const Fence& fence) {
  fence_.fence = fence;
  fence_payload_.set_address(fence.vpn ? address_of(*fence.vpn).value() : 0);
  for (int i = 0; i < sockets_.fences.size(); ++i) {
    fence_payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    sockets_.fences[i]->b_transport(fence_payload_, *delay_);
    if (!fence_payload_.is_response_ok()) {
      SC_REPORT_ERROR("/tlmmu/kernel/fence", "a TLB refused a fence");
    }
  }
}

void HostMachine::maintain(Ppn frame, CacheOperation operation) {
  maintenance_.extension().operation = operation;
  send(maintenance_.without_data(tlm::TLM_WRITE_COMMAND, address_of(frame), kPage));
}

void HostMachine::dma_sync_for_device(Ppn frame, TransferDirection direction) {
  maintain(frame, direction == TransferDirection::write ? CacheOperation::clean
                                                        : CacheOperation::invalidate);
}

void HostMachine::dma_sync_for_cpu(Ppn frame, TransferDirection direction) {
  // What a prefetch may have brought in while the device wrote.
  if (direction == TransferDirection::read) maintain(frame, CacheOperation::invalidate);
}

kernel::Submission HostMachine::start_transfer(const kernel::DiskTransfer& transfer) {
  return disk_.submit(transfer, *delay_);
}

void HostMachine::charge(kernel::Operation operation) {
  OperationStats& stats = stats_.operations[static_cast<unsigned>(operation)];
  ++stats.count;
  stats_.charged_time += stats.cost;
  *delay_ += to_sc_time(stats.cost);
}

void HostMachine::fault_handled(const kernel::FaultReport& report) {
  fault_kind_ = report.kind;
  emit_(now(), events::PageFault{report.process.value(), report.address,
                                 static_cast<events::FaultKind>(report.kind)});
}

}  // namespace tlmmu
