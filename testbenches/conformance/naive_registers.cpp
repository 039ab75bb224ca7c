// SPDX-License-Identifier: Apache-2.0
// Registers and physical memory of the naive translator.
#include "testbenches/conformance/naive_translator.h"

#include <algorithm>

#include "testbenches/conformance/naive_bits.h"

namespace tlmmu::testing {

bool NaiveTranslator::known_mode(std::uint64_t raw) const {
  if (rv32()) return true;
  const auto code = static_cast<int>(field(raw, 60, 4));
  if (code == 0) return true;
  return code >= 8 && code <= 10 && 39 + (code - 8) * 9 <= hart_.deepest;
}

void NaiveTranslator::write_stage(Stage& stage, std::uint64_t raw) const {
  if (rv32()) {
    stage.mode = bit(raw, 31) ? 32 : 0;
    stage.root_page = field(raw, 0, 22);
    stage.space = stage.guest_physical ? field(raw, 22, 7) : field(raw, 22, 9);
    return;
  }
  const auto code = static_cast<int>(field(raw, 60, 4));
  if (known_mode(raw)) stage.mode = code == 0 ? 0 : 39 + (code - 8) * 9;
  stage.root_page = field(raw, 0, 44);
  stage.space = stage.guest_physical ? field(raw, 44, 14) : field(raw, 44, 16);
}

void NaiveTranslator::write_satp(std::uint64_t raw) {
  // "If satp is written with an unsupported MODE, the entire write has no effect"
  if (known_mode(raw)) write_stage(satp_, raw);
}

void NaiveTranslator::write_vsatp(std::uint64_t raw) {
  write_stage(vsatp_, raw);
}

void NaiveTranslator::write_hgatp(std::uint64_t raw) {
  write_stage(hgatp_, raw);
  hgatp_.root_page -= hgatp_.root_page % 4;
}

void NaiveTranslator::write_pmp(unsigned entry, unsigned cfg, std::uint64_t address) {
  pmp_.resize(16);
  const auto locked = [this](unsigned i) { return bit(pmp_[i].cfg, 7); };
  const auto tor = [this](unsigned i) { return field(pmp_[i].cfg, 3, 2) == 1; };
  if (locked(entry)) return;
  if (!(entry < 15 && locked(entry + 1) && tor(entry + 1))) {
    pmp_[entry].address = field(address, 0, rv32() ? 32 : 54);
  }
  if (!bit(cfg, 0) && bit(cfg, 1)) cfg -= cfg % 8;  // reserved: permits nothing
  pmp_[entry].cfg = cfg;
}

// ---- physical memory ----

bool NaiveTranslator::is_physical(std::uint64_t address) const {
  return address >> (rv32() ? 34 : 56) == 0;
}

bool NaiveTranslator::memory_exists(Range bytes) const {
  if (!is_physical(bytes.first)) return false;
  if (ram_.empty()) return true;
  for (std::uint64_t byte = bytes.first; byte != bytes.first + bytes.bytes; ++byte) {
    const auto holds = [byte](const Range& r) { return byte - r.first < r.bytes; };
    if (std::none_of(ram_.begin(), ram_.end(), holds)) return false;
  }
  return true;
}

bool NaiveTranslator::pmp_matches(std::size_t entry, std::uint64_t byte) const {
  const std::uint64_t word = byte / 4;
  const std::uint64_t top = pmp_[entry].address;
  switch (field(pmp_[entry].cfg, 3, 2)) {
    case 0:
      return false;
    case 1:
      return word < top && (entry == 0 || word >= pmp_[entry - 1].address);
    case 2:
      return word == top;
    default:
      break;
  }
  int ones = 0;
  while (bit(top, ones)) ++ones;
  return word >> (ones + 1) == top >> (ones + 1);
}

bool NaiveTranslator::pmp_allows(Range bytes, char type, bool machine) const {
  if (pmp_.empty()) return true;
  for (std::size_t entry = 0; entry < pmp_.size(); ++entry) {
    std::uint64_t matched = 0;
    for (std::uint64_t i = 0; i < bytes.bytes; ++i) {
      matched += pmp_matches(entry, bytes.first + i) ? 1 : 0;
    }
    if (matched == 0) continue;
    if (matched != bytes.bytes) return false;
    const unsigned cfg = pmp_[entry].cfg;
    if (machine && !bit(cfg, 7)) return true;
    return bit(cfg, type == 'r' ? 0 : type == 'w' ? 1 : 2);
  }
  return machine;
}

}  // namespace tlmmu::testing
