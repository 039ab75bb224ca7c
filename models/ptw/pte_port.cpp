// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/pte_port.h"

namespace tlmmu {

bool PtePort::permits(const PteWord& word, AccessType type) const {
  return pmp_ == nullptr || pmp_->check(word.address, Bytes(word.bytes), type,
                                        Privilege::supervisor) == PmpVerdict::allowed;
}

std::optional<Pte> PtePort::read(const PteWord& word, sc_core::sc_time& delay) {
  if (!permits(word, AccessType::load)) return std::nullopt;
  return access(tlm::TLM_READ_COMMAND, word, delay);
}

std::optional<Pte> PtePort::compare_and_swap(const PteWord& desired, Pte expected,
                                             sc_core::sc_time& delay) {
  if (!permits(desired, AccessType::store)) return std::nullopt;
  const std::optional<Pte> found = read(desired, delay);
  if (found == expected && !access(tlm::TLM_WRITE_COMMAND, desired, delay)) return std::nullopt;
  return found;
}

std::optional<Pte> PtePort::access(tlm::tlm_command command, const PteWord& word,
                                   sc_core::sc_time& delay) {
  std::uint64_t raw = command == tlm::TLM_WRITE_COMMAND ? word.value.raw() : 0;
  const Picoseconds begin = local_time(delay);
  tlm::tlm_generic_payload& payload = transaction_.with_data(
      command, word.address, reinterpret_cast<unsigned char*>(&raw), word.bytes);
  socket_->b_transport(payload, delay);
  time_ += local_time(delay) - begin;
  if (!payload.is_response_ok()) return std::nullopt;
  return Pte(raw);
}

}  // namespace tlmmu
