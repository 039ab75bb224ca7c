// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/caching_translator.h"

#include <algorithm>

namespace tlmmu::testing {

namespace {

constexpr std::uint64_t kPage = 4096;

/// Whether `address` is in the naturally aligned range of `bytes` around `other`.
bool is_near(std::uint64_t address, std::uint64_t other, std::uint64_t bytes) {
  return bytes == kNaiveBare || address / bytes == other / bytes;
}

}  // namespace

bool CachingTranslator::may_keep(const NaiveAnswer& answer) const {
  return answer.cause == 0 && answer.page_bytes != kNaiveBare;
}

bool CachingTranslator::same_asid(const Entry& entry, const Entry& wanted) const {
  return entry.answer.global || entry.asid == wanted.asid;
}

bool CachingTranslator::is_same(const Entry& entry, const Entry& wanted) const {
  const NaiveRequest& a = entry.request;
  const NaiveRequest& b = wanted.request;
  return a.address == b.address && a.access == b.access && a.privilege == b.privilege &&
         a.guest == b.guest && a.sum == b.sum && a.mxr == b.mxr && entry.mode == wanted.mode &&
         entry.vmid == wanted.vmid && same_asid(entry, wanted);
}

NaiveAnswer CachingTranslator::translate(const NaiveRequest& request) {
  if (request.privilege == 'm') return NaiveTranslator::translate(request);
  const Stage& first = request.guest ? vsatp() : satp();
  Entry wanted{request, first.mode, first.space, request.guest ? hgatp().space : 0, {}};
  const std::uint64_t offset = request.address % kPage;
  wanted.request.address -= offset;
  for (const Entry& entry : entries_) {
    if (!is_same(entry, wanted)) continue;
    forget_accesses();
    NaiveAnswer answer = entry.answer;
    answer.physical += offset;
    return answer;
  }
  const NaiveAnswer answer = NaiveTranslator::translate(request);
  if (!may_keep(answer)) return answer;
  wanted.answer = answer;
  wanted.answer.physical -= offset;
  entries_.push_back(wanted);
  return answer;
}

bool CachingTranslator::names_space(const NaiveFence& fence, const Entry& entry) const {
  if (!fence.has_space) return true;
  if (fence.kind == 'g') return entry.vmid == fence.space;
  return !entry.answer.global && entry.asid == fence.space;
}

bool CachingTranslator::names_address(const NaiveFence& fence, const Entry& entry) const {
  if (!fence.has_address) return true;
  if (fence.kind == 'g') {
    return is_near(fence.address, entry.answer.guest_physical, entry.answer.g_stage_bytes);
  }
  return is_near(fence.address, entry.request.address, entry.answer.first_stage_bytes);
}

bool CachingTranslator::names(const NaiveFence& fence, const Entry& entry) const {
  if (entry.request.guest != (fence.kind != 's')) return false;
  if (fence.kind == 'v' && entry.vmid != hgatp().space) return false;
  return names_space(fence, entry) && names_address(fence, entry);
}

void CachingTranslator::fence(const NaiveFence& fence) {
  const auto named = [&](const Entry& entry) { return names(fence, entry); };
  entries_.erase(std::remove_if(entries_.begin(), entries_.end(), named), entries_.end());
}

}  // namespace tlmmu::testing
