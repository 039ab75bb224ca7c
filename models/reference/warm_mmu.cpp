// SPDX-License-Identifier: Apache-2.0
#include "models/reference/warm_mmu.h"

namespace tlmmu::reference {

WarmMmu::WarmMmu(const sc_core::sc_module_name& name, const MmuConfig& config, ClockPeriod clock,
                 std::uint64_t seed)
    : sc_module(name),
      fetch_out("fetch_out"),
      load_store_out("load_store_out"),
      mmu_("mmu", config, clock, seed, units_),
      memory_("memory") {
  fetch_out.bind(fetch_backward_);
  load_store_out.bind(load_store_backward_);
  fetch_out.bind(mmu_.fetch_in());
  load_store_out.bind(mmu_.load_store_in());
  mmu_.pte_out().bind(memory_.memory_in);
  payload_.set_extension(&request_);
}

WarmMmu::~WarmMmu() {
  payload_.clear_extension(&request_);
}

void WarmMmu::serve(CaseMachine& machine) {
  machine_ = &machine;
  memory_.serve(machine.memory);
  mmu_.protect(machine.hart.pmp);
  hart_changed();
  fence({std::nullopt, std::nullopt, FenceKind::sfence_vma});
  // Every G stage; and with it what both stages together translate, for every virtual machine.
  fence({std::nullopt, std::nullopt, FenceKind::hfence_gvma});
  fence({std::nullopt, std::nullopt, FenceKind::hfence_vvma});
}

TranslationResult WarmMmu::translate(const WalkRequest& request) {
  request_.command = TranslationCommand::translate;
  request_.type = request.type;
  request_.context = request.context;
  request_.space = request.space;
  request_.stages = request.stages;
  request_.guest = request.guest;
  request_.reply = {};
  send(request.type == AccessType::fetch ? fetch_out : load_store_out, request.address);
  const TranslationReply& reply = request_.reply;
  if (reply.fault) return refused(*reply.fault, request.type, reply.guest_address);
  return reply.translation;
}

void WarmMmu::fence(const Fence& fence) {
  request_.command = TranslationCommand::fence;
  request_.fence = fence;
  send(fetch_out, VirtualAddress(0));
  send(load_store_out, VirtualAddress(0));
}

void WarmMmu::send(TranslationInitiatorSocket& side, VirtualAddress address) {
  payload_.set_address(address.value());
  payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  sc_core::sc_time delay;
  side->b_transport(payload_, delay);
  if (!payload_.is_response_ok()) {
    SC_REPORT_ERROR("/tlmmu/reference", "the MMU has not answered");
  }
}

}  // namespace tlmmu::reference
