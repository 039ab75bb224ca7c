// SPDX-License-Identifier: Apache-2.0
// Before the kernel runs: satp is bare.
#include "models/cpu/trace_cpu.h"

namespace tlmmu {

void TraceCpu::boot(TracePlayer& player) {
  constexpr std::uint32_t kNobody = ~std::uint32_t{0};  // whose stores the verifier remembers
  if (emit_.attached()) show_mode(events::HartMode::bare);
  process_ = kNobody;
  translation_.context.privilege = Privilege::supervisor;
  while (player.has_piece()) {
    const MemoryAccess piece = player.piece();
    translation_.reply.physical = PhysicalAddress(piece.address.value());
    access_memory(piece);
    const bool done = player.retire(piece);
    ++stats_.bare_pieces;
    stats_.bare_accesses += done ? 1 : 0;
    count(piece, done);
    if (delay_ >= quantum_) synchronize();
  }
  translation_.context = AccessContext();
  process_ = 0;
}

}  // namespace tlmmu
