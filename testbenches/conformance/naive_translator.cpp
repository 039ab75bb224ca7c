// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/naive_translator.h"

namespace tlmmu::testing {

namespace {

bool bit(std::uint64_t word, int number) {
  return (word >> number & 1U) != 0;
}

bool all_equal_from(std::uint64_t address, int lowest) {
  for (int i = lowest + 1; i < 64; ++i) {
    if (bit(address, i) != bit(address, lowest)) return false;
  }
  return true;
}

bool access_allowed(std::uint64_t pte, const NaiveRequest& request) {
  const bool readable = bit(pte, 1);
  const bool writable = bit(pte, 2);
  const bool executable = bit(pte, 3);
  const bool user_page = bit(pte, 4);
  if (request.user_mode != user_page) {
    // only a supervisor with SUM may reach across, and only for data
    if (request.user_mode || !request.sum || request.access == 'x') return false;
  }
  if (request.access == 'x') return executable;
  if (request.access == 'w') return writable;
  return readable || (request.mxr && executable);
}

/// Bits 63..54 of a leaf of the modes with 64-bit PTEs.
bool upper_bits_allowed(std::uint64_t pte, int level, const NaiveRequest& request) {
  for (int i = 54; i <= 60; ++i) {
    if (bit(pte, i)) return false;
  }
  if (bit(pte, 61) || bit(pte, 62)) {
    if (!request.svpbmt) return false;
    if (bit(pte, 61) && bit(pte, 62)) return false;
  }
  if (bit(pte, 63)) {
    // only 64 KiB pages are defined: ppn[3:0] = 1000 in a last-level PTE
    if (!request.svnapot || level != 0) return false;
    if (!bit(pte, 13) || bit(pte, 12) || bit(pte, 11) || bit(pte, 10)) return false;
  }
  return true;
}

}  // namespace

NaiveAnswer naive_translate(const NaiveRequest& request,
                            const std::function<std::optional<std::uint64_t>(std::uint64_t)>& read,
                            const std::function<void(std::uint64_t, std::uint64_t)>& write) {
  if (request.mode == 0) return {NaiveAnswer::translated, request.address, 4096, 0, 0};
  NaiveAnswer answer{NaiveAnswer::page_fault};
  const bool sv32 = request.mode == 32;
  if (!sv32 && !all_equal_from(request.address, request.mode - 1)) return answer;
  const std::uint64_t entries = sv32 ? 1024 : 512;
  const std::uint64_t pte_size = sv32 ? 4 : 8;
  const int index_width = sv32 ? 10 : 9;
  const int levels = sv32 ? 2 : (request.mode - 12) / 9;
  std::uint64_t table = request.root_page * 4096;
  bool global = false;
  for (int i = levels - 1; i >= 0; --i) {
    const std::uint64_t index = (request.address >> (12 + index_width * i)) % entries;
    const std::uint64_t where = table + index * pte_size;
    const std::optional<std::uint64_t> word = read(where);
    ++answer.reads;
    if (!word) {
      answer.kind = NaiveAnswer::access_fault;
      return answer;
    }
    const std::uint64_t pte = *word;
    const bool pointer = !bit(pte, 1) && !bit(pte, 2) && !bit(pte, 3);
    if (!bit(pte, 0)) return answer;
    if (bit(pte, 2) && !bit(pte, 1)) return answer;
    if (bit(pte, 5)) global = true;
    std::uint64_t page = pte << 10U >> 20U;
    if (pointer) {
      if (pte >> 54U != 0) return answer;
      if (bit(pte, 4) || bit(pte, 6) || bit(pte, 7)) return answer;
      table = page * 4096;
      continue;
    }
    if (!upper_bits_allowed(pte, i, request)) return answer;
    std::uint64_t pages = 1;
    for (int n = 0; n < i; ++n) pages *= entries;
    if (page % pages != 0) return answer;
    if (!access_allowed(pte, request)) return answer;
    std::uint64_t updated = pte | 1U << 6U;
    if (request.access == 'w') updated |= 1U << 7U;
    if (updated != pte) {
      if (!request.hardware_sets_a_and_d) return answer;
      write(where, updated);
    }
    if (bit(pte, 63)) {
      pages = 16;
      page -= 8;
    }
    answer.kind = NaiveAnswer::translated;
    answer.page_bytes = pages * 4096;
    answer.physical = page * 4096 + request.address % answer.page_bytes;
    answer.flags = updated % 256;
    if (global) answer.flags |= 1U << 5U;
    return answer;
  }
  return answer;  // a pointer in the last table
}

}  // namespace tlmmu::testing
