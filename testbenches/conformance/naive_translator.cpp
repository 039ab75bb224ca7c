// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/naive_translator.h"

#include <algorithm>

#include "testbenches/conformance/naive_bits.h"

namespace tlmmu::testing {

// ---- the rules for one PTE ----

bool NaiveTranslator::address_fits(const Stage& stage, std::uint64_t address) const {
  const int bits = stage.mode;
  if (stage.guest_physical) return address >> (bits + 2) == 0;
  if (bits == 32) return true;
  for (int i = bits; i < 64; ++i) {
    if (bit(address, i) != bit(address, bits - 1)) return false;
  }
  return true;
}

std::uint64_t NaiveTranslator::index(const Stage& stage, std::uint64_t address, int level) const {
  const int width = stage.mode == 32 ? 10 : 9;
  const int levels = stage.mode == 32 ? 2 : (stage.mode - 12) / 9;
  const int extra = stage.guest_physical && level == levels - 1 ? 2 : 0;
  return field(address, 12 + width * level, width + extra);
}

bool NaiveTranslator::is_leaf(std::uint64_t pte, int /*level*/) const {
  return bit(pte, 1) || bit(pte, 2) || bit(pte, 3);
}

bool NaiveTranslator::pointer_is_legal(std::uint64_t pte, int /*level*/) const {
  if (bit(pte, 4) || bit(pte, 6) || bit(pte, 7)) return false;
  return pte >> 54 == 0;
}

bool NaiveTranslator::leaf_is_legal(std::uint64_t pte, int level) const {
  if (bit(pte, 2) && !bit(pte, 1)) return false;
  if (field(pte, 54, 7) != 0) return false;
  const std::uint64_t pbmt = field(pte, 61, 2);
  if (pbmt == 3 || (pbmt != 0 && !hart_.svpbmt)) return false;
  // only 64 KiB are defined: ppn[3:0] = 1000 in a last-level PTE
  return !bit(pte, 63) || (hart_.svnapot && level == 0 && field(pte, 10, 4) == 8);
}

bool NaiveTranslator::is_aligned(std::uint64_t page, std::uint64_t pages) const {
  return page % pages == 0;
}

bool NaiveTranslator::user_bit_allows(const Stage& /*stage*/, std::uint64_t pte,
                                      const Access& access) const {
  if (access.user == bit(pte, 4)) return true;
  // only a supervisor with SUM may reach across, and only for data
  return !access.user && access.sum && access.type != 'x';
}

bool NaiveTranslator::type_allowed(std::uint64_t pte, const Access& access) const {
  if (access.type == 'x') return bit(pte, 3);
  if (access.type == 'w') return bit(pte, 2);
  return bit(pte, 1) || (access.mxr && bit(pte, 3));
}

std::uint64_t NaiveTranslator::updated(std::uint64_t pte, const Access& access) const {
  return pte | (access.type == 'w' ? 0xc0U : 0x40U);
}

char NaiveTranslator::type_of_pte_access(char type, const Access& /*access*/) const {
  return type;
}

NaiveTranslator::Access NaiveTranslator::in_g_stage(char type, bool implicit,
                                                    const Access& access) const {
  // all are user-level accesses, and MXR is for explicit ones
  return {type, access.original, true, false, !implicit && access.g_stage_mxr, false};
}

int NaiveTranslator::page_fault(const Stage& stage, const Access& access) const {
  const int cause = access.original == 'x' ? 12 : access.original == 'r' ? 13 : 15;
  return stage.guest_physical ? cause + 8 : cause;
}

int NaiveTranslator::access_fault(int /*step*/, bool /*exists*/, const Access& access) const {
  return access.original == 'x' ? 1 : access.original == 'r' ? 5 : 7;
}

std::uint64_t NaiveTranslator::reach_of_both(std::uint64_t first, std::uint64_t second) const {
  return std::min(first, second);
}

// ---- the translation process ----

NaiveAnswer NaiveTranslator::refuse(const Stage& stage, int step, std::uint64_t address,
                                    const Access& access) const {
  NaiveAnswer answer;
  answer.step = step;
  answer.cause = page_fault(stage, access);
  answer.has_guest_address = stage.guest_physical;
  answer.guest_address = address;
  return answer;
}

/// Where in physical memory the PTE at `where` is, if it may be read or written ('r', 'w').
NaiveAnswer NaiveTranslator::reach_pte(const Stage& stage, std::uint64_t where, char type,
                                       const Access& access) {
  NaiveAnswer at;
  at.physical = where;
  if (stage.tables_in != nullptr) {
    at = walk(*stage.tables_in, where, in_g_stage(type, true, access));
    if (at.cause != 0) return at;
  }
  const Range bytes{at.physical, stage.mode == 32 ? 4U : 8U};
  const bool exists = memory_exists(bytes);
  if (exists && pmp_allows(bytes, type_of_pte_access(type, access), false)) return at;
  at.step = type == 'r' ? 2 : 9;
  at.cause = access_fault(at.step, exists, access);
  return at;
}

NaiveAnswer NaiveTranslator::walk(const Stage& stage, std::uint64_t address, const Access& access) {
  if (stage.mode == 0) {
    NaiveAnswer bare;
    bare.physical = address;
    bare.page_bytes = kNaiveBare;
    bare.step = 1;
    return bare;
  }
  if (!address_fits(stage, address)) return refuse(stage, 0, address, access);
  const int levels = stage.mode == 32 ? 2 : (stage.mode - 12) / 9;
  std::uint64_t table = stage.root_page * 4096;
  bool global = false;
  for (int level = levels - 1; level >= 0; --level) {
    const std::uint64_t pte_bytes = stage.mode == 32 ? 4 : 8;
    const std::uint64_t where = table + index(stage, address, level) * pte_bytes;
    const NaiveAnswer at = reach_pte(stage, where, 'r', access);
    if (at.cause != 0) return at;
    const auto found = memory_.find(at.physical);
    const std::uint64_t pte = found == memory_.end() ? 0 : found->second;
    accesses_.push_back({false, at.physical, pte});
    if (!bit(pte, 0)) return refuse(stage, 3, address, access);
    global = global || bit(pte, 5);
    if (is_leaf(pte, level)) {
      NaiveAnswer answer = end_at_leaf(stage, address, access, where, pte, level);
      answer.global = global;
      return answer;
    }
    if (!pointer_is_legal(pte, level)) return refuse(stage, 3, address, access);
    table = field(pte, 10, 44) * 4096;
  }
  return refuse(stage, 4, address, access);  // a pointer in the last table
}

NaiveAnswer NaiveTranslator::end_at_leaf(const Stage& stage, std::uint64_t address,
                                         const Access& access, std::uint64_t where,
                                         std::uint64_t pte, int level) {
  if (!leaf_is_legal(pte, level)) return refuse(stage, 3, address, access);
  std::uint64_t page = field(pte, 10, 44);
  std::uint64_t pages = std::uint64_t{1} << (stage.mode == 32 ? 10 : 9) * level;
  if (!is_aligned(page, pages)) return refuse(stage, 5, address, access);
  if (!user_bit_allows(stage, pte, access)) return refuse(stage, 6, address, access);
  if (!type_allowed(pte, access)) return refuse(stage, 8, address, access);
  const std::uint64_t desired = updated(pte, access);
  if (desired != pte) {
    if (!hart_.svadu) return refuse(stage, 9, address, access);
    const NaiveAnswer at = reach_pte(stage, where, 'w', access);
    if (at.cause != 0) return at;
    memory_[at.physical] = desired;
    accesses_.push_back({true, at.physical, desired});
  }
  if (bit(pte, 63)) {
    pages = 16;
    page -= 8;
  }
  NaiveAnswer answer;
  answer.page_bytes = pages * 4096;
  answer.physical = page / pages * answer.page_bytes + address % answer.page_bytes;
  return answer;
}

NaiveAnswer NaiveTranslator::translate(const NaiveRequest& request) {
  accesses_.clear();
  const bool machine = request.privilege == 'm';
  const Access access{request.access, request.access, request.privilege == 'u',
                      request.sum,    request.mxr,    request.g_stage_mxr};
  const Stage bare;
  NaiveAnswer answer = walk(machine         ? bare
                            : request.guest ? vsatp_
                                            : satp_,
                            request.address, access);
  if (answer.cause != 0) return answer;
  answer.first_stage_bytes = answer.page_bytes;
  if (request.guest) {
    const NaiveAnswer first = answer;
    answer = walk(hgatp_, first.physical, in_g_stage(access.type, false, access));
    if (answer.cause != 0) return answer;
    answer.global = first.global;
    answer.guest_physical = first.physical;
    answer.first_stage_bytes = first.page_bytes;
    answer.g_stage_bytes = answer.page_bytes;
    answer.page_bytes = reach_of_both(first.page_bytes, answer.g_stage_bytes);
  }
  const bool physical = is_physical(answer.physical);
  if (physical && !(hart_.pmp_final && !pmp_allows({answer.physical, 1}, access.type, machine))) {
    return answer;
  }
  NaiveAnswer refused;
  refused.step = 11;
  refused.cause = access_fault(refused.step, physical, access);
  return refused;
}

}  // namespace tlmmu::testing
