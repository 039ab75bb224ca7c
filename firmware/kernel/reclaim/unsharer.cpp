// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/unsharer.h"

#include "firmware/kernel/vm/layout.h"

namespace tlmmu::kernel {

bool Unsharer::take_from(Process& process) {
  const Vpn end = user_end(state_.mode);
  // Around the end twice: the first time may only clear accessed bits.
  for (unsigned round = 0; round < 3; ++round) {
    if (search(process, {process.unshare_from, end})) return true;
    process.unshare_from = Vpn(0);
  }
  return false;
}

bool Unsharer::search(Process& process, const PageRange& range) {
  const auto visit = [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned level) {
    if (level > 0 || kind_of(pte) != PteKind::valid) return false;
    if (!others_keep(process, state_.frames.at(pte.ppn()))) return false;
    const Mapping user{&process, page, entry};
    if (pte.flags().a()) {
      mapper_.update(user, pte, pte.without_flags(PteFlags::kA));
      return false;
    }
    if (!take(user, pte)) return false;
    process.unshare_from = Vpn(page.value() + 1);
    return true;
  };
  return tables_.search(process.root, range, visit);
}

bool Unsharer::others_keep(const Process& process, const Frame& frame) const {
  const bool shared = frame.users > 1 && frame.first.process != &process;
  const bool stays = frame.pins > 0 || frame.locks > 0 || frame.moving();
  const bool broken = frame.has_block && state_.blocks.at(frame.block).broken;
  return shared && !stays && !broken;
}

// What stays in the PTE says where the page is, unless its file or segment says so.
bool Unsharer::take(const Mapping& user, Pte pte) {
  Frame& frame = state_.frames.at(pte.ppn());
  Pte after;
  if (frame.kind == PageKind::anonymous) {
    if (!frame.has_block) {
      const auto slot = evictor_.find_slot();
      if (!slot) return false;
      mapper_.tie_mapped(frame, *slot);
    }
    after = absent_pte(PteKind::swapped, frame.block, pte.flags());
  }
  mapper_.remove(frame, user, pte, after, Teardown::page);
  ++state_.counters.unshared;
  return true;
}

}  // namespace tlmmu::kernel
