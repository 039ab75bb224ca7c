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

}  // namespace

NaiveAnswer naive_translate(const NaiveRequest& request,
                            const std::function<std::optional<std::uint64_t>(std::uint64_t)>& read,
                            const std::function<void(std::uint64_t, std::uint64_t)>& write) {
  NaiveAnswer answer{NaiveAnswer::page_fault};
  if (!all_equal_from(request.address, 12 + 9 * request.levels - 1)) return answer;
  std::uint64_t table = request.root_page * 4096;
  bool global = false;
  for (int i = request.levels - 1; i >= 0; --i) {
    const std::uint64_t where = table + (request.address >> (12 + 9 * i)) % 512 * 8;
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
    if (pte >> 54U != 0) return answer;
    if (bit(pte, 5)) global = true;
    const std::uint64_t page = pte << 10U >> 20U;
    if (pointer) {
      if (bit(pte, 4) || bit(pte, 6) || bit(pte, 7)) return answer;
      table = page * 4096;
      continue;
    }
    std::uint64_t pages = 1;
    for (int n = 0; n < i; ++n) pages *= 512;
    if (page % pages != 0) return answer;
    if (!access_allowed(pte, request)) return answer;
    std::uint64_t updated = pte | 1U << 6U;
    if (request.access == 'w') updated |= 1U << 7U;
    if (updated != pte) {
      if (!request.hardware_sets_a_and_d) return answer;
      write(where, updated);
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
