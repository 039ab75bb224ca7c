// SPDX-License-Identifier: Apache-2.0
#include "models/reference/case_memory.h"

#include <algorithm>

namespace tlmmu::reference {

/// Ranges may begin and end anywhere: each byte of the PTE has to lie in one.
bool CaseMemory::exists(PhysicalAddress address) const {
  if (ranges_.empty()) return true;
  for (unsigned i = 0; i < pte_bytes_; ++i) {
    const PhysicalAddress byte = address + Bytes(i);
    const bool found = std::any_of(ranges_.begin(), ranges_.end(), [byte](const RamRange& range) {
      return byte >= range.base && byte - range.base < range.size;
    });
    if (!found) return false;
  }
  return true;
}

Pte CaseMemory::at(PhysicalAddress address) const {
  const auto word = words_.find(address.value());
  return word == words_.end() ? Pte() : Pte(word->second);
}

std::optional<Pte> CaseMemory::peek(PhysicalAddress address) const {
  if (!exists(address)) return std::nullopt;
  return at(address);
}

std::optional<Pte> CaseMemory::read(PhysicalAddress address) {
  if (!exists(address)) return std::nullopt;
  accesses_.push_back({PteAccess::Kind::read, address, at(address)});
  return accesses_.back().pte;
}

std::optional<Pte> CaseMemory::compare_and_swap(PhysicalAddress address, Pte expected,
                                                Pte desired) {
  if (!exists(address)) return std::nullopt;
  const Pte found = at(address);
  if (found == expected) {
    words_[address.value()] = desired.raw();
    accesses_.push_back({PteAccess::Kind::write, address, desired});
  } else {
    accesses_.push_back({PteAccess::Kind::read, address, found});
  }
  return found;
}

bool CaseMemory::write_after_read(PhysicalAddress address, Pte pte) {
  if (!exists(address)) return false;
  words_[address.value()] = pte.raw();
  if (!accesses_.empty()) accesses_.pop_back();
  accesses_.push_back({PteAccess::Kind::write, address, pte});
  return true;
}

}  // namespace tlmmu::reference
