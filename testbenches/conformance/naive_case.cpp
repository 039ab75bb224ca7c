// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/naive_case.h"

#include "models/base/bits.h"

namespace tlmmu::testing {

using reference::Answer;
using reference::CaseExtension;
using reference::CaseMode;
using reference::FenceInstruction;
using reference::PteAccess;
using reference::SpaceCsr;

namespace {

NaiveRequest naive(const reference::Request& line) {
  NaiveRequest request;
  request.address = line.address.value();
  request.access = line.type == AccessType::load ? 'r' : line.type == AccessType::store ? 'w' : 'x';
  request.guest = line.mode == CaseMode::vu || line.mode == CaseMode::vs;
  const bool user = line.mode == CaseMode::vu || line.mode == CaseMode::u;
  request.privilege = user ? 'u' : line.mode == CaseMode::m ? 'm' : 's';
  request.sum = line.sum == Sum::permitted;
  request.mxr = line.mxr == Mxr::on;
  return request;
}

}  // namespace

NaiveCase::NaiveCase(const RandomCase& random_case, std::unique_ptr<NaiveTranslator> translator)
    : translator_(std::move(translator)) {
  constexpr int kDeepest[] = {39, 48, 57};
  const PagingModeName mode = random_case.walk_case.mode;
  NaiveTranslator::Hart& hart = translator_->hart();
  hart.pmp_final = random_case.pmp_final;
  hart.deepest = mode == PagingModeName::bare   ? 0
                 : mode == PagingModeName::sv32 ? 32
                                                : kDeepest[static_cast<unsigned>(mode) - 8];
}

std::optional<Answer> NaiveCase::run(const reference::Line& line) {
  if (const auto* request = std::get_if<reference::Request>(&line.content)) return run(*request);
  if (const auto* word = std::get_if<reference::MemoryWord>(&line.content)) {
    translator_->write_memory(word->address.value(), word->value);
  } else if (const auto* ram = std::get_if<reference::RamRange>(&line.content)) {
    translator_->add_ram(ram->base.value(), ram->size.value());
  } else if (const auto* pmp = std::get_if<reference::WritePmp>(&line.content)) {
    translator_->write_pmp(pmp->entry, pmp->cfg, pmp->addr);
  } else if (const auto* csr = std::get_if<reference::WriteCsr>(&line.content)) {
    run(*csr);
  } else if (const auto* extensions = std::get_if<reference::SetExtensions>(&line.content)) {
    run(*extensions);
  } else if (const auto* fence = std::get_if<reference::RunFence>(&line.content)) {
    run(*fence);
  }
  return std::nullopt;
}

void NaiveCase::run(const reference::SetExtensions& line) {
  NaiveTranslator::Hart& hart = translator_->hart();
  for (const CaseExtension name : line.names) {
    if (name == CaseExtension::svade) hart.svadu = false;
    if (name == CaseExtension::svadu) hart.svadu = true;
    if (name == CaseExtension::svnapot) hart.svnapot = true;
    if (name == CaseExtension::svpbmt) hart.svpbmt = true;
  }
}

void NaiveCase::run(const reference::WriteCsr& line) {
  if (line.csr == SpaceCsr::satp) translator_->write_satp(line.raw);
  if (line.csr == SpaceCsr::vsatp) translator_->write_vsatp(line.raw);
  if (line.csr == SpaceCsr::hgatp) translator_->write_hgatp(line.raw);
  if (line.fence == reference::CsrFence::none) return;
  // More than it needs.
  for (const char kind : {'s', 'v', 'g'}) translator_->fence({kind});
}

void NaiveCase::run(const reference::RunFence& line) {
  NaiveFence fence{'s', line.address.has_value(), line.address.value_or(0), line.space.has_value(),
                   line.space.value_or(0)};
  switch (line.instruction) {
    case FenceInstruction::sfence:
    case FenceInstruction::sinval_vma:
      return translator_->fence(fence);
    case FenceInstruction::hfence_vvma:
    case FenceInstruction::hinval_vvma:
      fence.kind = 'v';
      return translator_->fence(fence);
    case FenceInstruction::hfence_gvma:
    case FenceInstruction::hinval_gvma:
      fence.kind = 'g';
      return translator_->fence(fence);
    case FenceInstruction::sfence_w_inval:
    case FenceInstruction::sfence_inval_ir:
      break;  // they order, and remove nothing
  }
}

Answer NaiveCase::run(const reference::Request& line) {
  last_ = translator_->translate(naive(line));
  Answer answer{line.address, {}, {}};
  if (last_.cause == 0) {
    reference::Translated translated{PhysicalAddress(last_.physical), std::nullopt};
    if (last_.page_bytes != kNaiveBare) {
      translated.size = static_cast<PageSize>(log2_floor(last_.page_bytes));
    }
    answer.outcome = translated;
  } else {
    reference::Refused refused{static_cast<ExceptionCause>(last_.cause)};
    if (last_.has_guest_address) refused.guest_address = GuestPhysicalAddress(last_.guest_address);
    answer.outcome = refused;
  }
  for (const NaiveAccess& access : translator_->accesses()) {
    const auto kind = access.write ? PteAccess::Kind::write : PteAccess::Kind::read;
    answer.accesses.push_back({kind, PhysicalAddress(access.address), Pte(access.value)});
  }
  return answer;
}

std::optional<std::uint64_t> NaiveCase::word(std::uint64_t address) {
  const auto found = words().find(address);
  return found == words().end() ? 0 : found->second;
}

}  // namespace tlmmu::testing
