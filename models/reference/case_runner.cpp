// SPDX-License-Identifier: Apache-2.0
#include "models/reference/case_runner.h"

#include "models/reference/cold_mmu.h"

namespace tlmmu::reference {

namespace {

constexpr Privilege privilege_of(CaseMode mode) {
  switch (mode) {
    case CaseMode::u:
    case CaseMode::vu:
      return Privilege::user;
    case CaseMode::s:
    case CaseMode::vs:
      return Privilege::supervisor;
    case CaseMode::m:
      break;
  }
  return Privilege::machine;
}

constexpr bool is_virtual(CaseMode mode) {
  return mode == CaseMode::vu || mode == CaseMode::vs;
}

/// What a hart in `request.mode` asks of its MMU.
WalkRequest walk_request(const Request& request, const HartState& hart) {
  const AccessContext context{privilege_of(request.mode), request.sum, request.mxr, Mxr::off};
  const WalkRequest walk{request.address, request.type, context, hart.satp.space()};
  if (!is_virtual(request.mode)) return walk;
  const AddressSpace& space = hart.vsatp.space();
  const GuestSpace& guest = hart.hgatp.space();
  return {request.address, request.type, context, space, guest_stages(space, guest), guest};
}

bool is_bare(const WalkRequest& walk) {
  const bool second = walk.stages != Stages::single && walk.guest.mode != PagingModeName::bare;
  return !second && !is_translated(walk.space, walk.context.privilege);
}

/// The fence that `line` runs in a hart whose hgatp has `vmid`; empty if it only orders.
std::optional<Fence> fence_of(const RunFence& line, Vmid vmid) {
  std::optional<Vpn> page;
  if (line.address) page = VirtualAddress(*line.address).page();
  std::optional<Asid> asid;
  if (line.space) asid = Asid(*line.space);
  switch (line.instruction) {
    case FenceInstruction::sfence:
    case FenceInstruction::sinval_vma:
      return Fence{page, asid, FenceKind::sfence_vma};
    case FenceInstruction::hfence_vvma:
    case FenceInstruction::hinval_vvma:
      return Fence{page, asid, FenceKind::hfence_vvma, vmid};
    case FenceInstruction::hfence_gvma:
    case FenceInstruction::hinval_gvma: {
      Fence fence{page, std::nullopt, FenceKind::hfence_gvma};
      if (line.space) fence.vmid = Vmid(*line.space);
      return fence;
    }
    case FenceInstruction::sfence_w_inval:
    case FenceInstruction::sfence_inval_ir:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Answer> CaseRunner::run(const Line& line) {
  if (const auto* request = std::get_if<Request>(&line.content)) return run(*request);
  std::visit([this](const auto& content) { run(content); }, line.content);
  return std::nullopt;
}

void CaseRunner::run(const SetExtensions& line) {
  WalkRules& rules = machine_.hart.rules;
  for (const CaseExtension name : line.names) {
    switch (name) {
      case CaseExtension::svade:
        rules.ad_update = AdUpdate::fault;
        break;
      case CaseExtension::svadu:
        rules.ad_update = AdUpdate::hardware;
        break;
      case CaseExtension::svnapot:
        rules.svnapot = Extension::present;
        break;
      case CaseExtension::svpbmt:
        rules.svpbmt = Extension::present;
        break;
      case CaseExtension::svinval:
      case CaseExtension::h:
        break;  // they bring lines, which the parser allows from here on, and change no rule
    }
  }
  translator_.hart_changed();
}

void CaseRunner::run(const WriteCsr& line) {
  HartState& hart = machine_.hart;
  switch (line.csr) {
    case SpaceCsr::satp:
      hart.satp.write(line.raw);
      break;
    case SpaceCsr::vsatp:
      hart.vsatp.write_fields(line.raw);
      break;
    case SpaceCsr::hgatp:
      hart.hgatp.write(line.raw);
      break;
  }
  if (line.fence == CsrFence::follows) fence_after(line.csr);
}

/// Everything that may have been cached for the space that the CSR now names. A new G stage moves
/// the VS stage's tables too.
void CaseRunner::fence_after(SpaceCsr csr) {
  if (csr == SpaceCsr::satp) return run(RunFence{FenceInstruction::sfence});
  if (csr == SpaceCsr::hgatp) run(RunFence{FenceInstruction::hfence_gvma});
  run(RunFence{FenceInstruction::hfence_vvma});
}

/// The address first: a CFG that locks the entry would lock its address too.
void CaseRunner::run(const WritePmp& line) {
  machine_.hart.pmp.write_addr(line.entry, line.addr);
  machine_.hart.pmp.write_cfg(line.entry, line.cfg);
  translator_.hart_changed();
}

void CaseRunner::run(const RunFence& line) {
  const auto fence = fence_of(line, machine_.hart.hgatp.space().vmid);
  if (fence) translator_.fence(*fence);
}

Answer CaseRunner::run(const Request& line) {
  Answer answer{line.address, translate(line), {}};
  answer.accesses = machine_.memory.take_accesses();
  return answer;
}

CaseRunner::Outcome CaseRunner::translate(const Request& request) {
  const WalkRequest walk = walk_request(request, machine_.hart);
  Translated translated{PhysicalAddress(request.address.value()), std::nullopt};
  if (!is_bare(walk)) {
    const TranslationResult result = translator_.translate(walk);
    if (const auto* fault = std::get_if<Refused>(&result)) return *fault;
    const auto& translation = std::get<Translation>(result);
    translated = {translation.apply(request.address), translation.size};
  }
  if (!is_physical(translated.address) || pmp_denies(request, translated.address)) {
    return Refused{access_fault(request.type)};
  }
  return translated;
}

/// Registers are wider than RV64's physical addresses: without translation a hart can name what
/// does not exist. Where `ram` says that memory is decides about PTEs only.
bool CaseRunner::is_physical(PhysicalAddress address) const {
  return address.value() >> machine_.hart.widths.physical_bits == 0;
}

bool CaseRunner::pmp_denies(const Request& request, PhysicalAddress address) const {
  if (final_pmp_ == FinalPmp::ignored) return false;
  const Privilege privilege = privilege_of(request.mode);
  return machine_.hart.pmp.check(address, Bytes(1), request.type, privilege) == PmpVerdict::denied;
}

std::vector<Answer> answer_cold(const WalkCase& walk_case, FinalPmp final_pmp) {
  CaseMachine machine(walk_case.mode);
  ColdMmu mmu(machine);
  CaseRunner runner(machine, mmu, final_pmp);
  std::vector<Answer> answers;
  for (const Line& line : walk_case.lines) {
    if (auto answer = runner.run(line)) answers.push_back(std::move(*answer));
  }
  return answers;
}

}  // namespace tlmmu::reference
