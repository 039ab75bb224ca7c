// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "models/arch/pmp.h"
#include "models/arch/pte.h"
#include "models/tlm/payload.h"
#include "models/tlm/sockets.h"

namespace tlmmu {

/// The word of a PTE in memory: what is written, or where is read.
struct PteWord {
  PhysicalAddress address;
  unsigned bytes;
  Pte value;
};

/// The walker's way to page tables in memory, past the hart's PMP, if it has one. Each access takes
/// its time in `delay`; nothing is the answer where memory or PMP refuses.
class PtePort {
 public:
  /// Sends through `socket` and adds the time of memory to `time`; both outlive the port.
  PtePort(MemoryInitiatorSocket& socket, Picoseconds& time)
      : socket_(socket), time_(time), transaction_(Origin::walk) {}

  void protect(const Pmp& pmp) { pmp_ = &pmp; }
  /// Whether PMP lets the walker do `type` to the PTE. Implicit accesses to page tables are a
  /// supervisor's, whoever caused the walk ("Physical Memory Protection").
  bool permits(const PteWord& word, AccessType type) const;

  std::optional<Pte> read(const PteWord& word, sc_core::sc_time& delay);
  /// What memory holds at `desired`, which is written if that is `expected`.
  std::optional<Pte> compare_and_swap(const PteWord& desired, Pte expected,
                                      sc_core::sc_time& delay);

 private:
  std::optional<Pte> access(tlm::tlm_command command, const PteWord& word, sc_core::sc_time& delay);

  MemoryInitiatorSocket& socket_;
  Picoseconds& time_;
  const Pmp* pmp_ = nullptr;
  MemoryTransaction transaction_;
};

}  // namespace tlmmu
