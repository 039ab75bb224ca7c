// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/page_index.h"

#include <utility>

namespace tlmmu::analysis {

PageOrdinal PageIndex::add(std::size_t slot, Vpn page) {
  slots_[slot] = {page, ++size_};
  const PageOrdinal ordinal(size_ - 1);
  if (std::size_t{size_} * 2 > slots_.size()) grow();
  return ordinal;
}

void PageIndex::grow() {
  LargeVector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  --shift_;
  for (const Slot& slot : old) {
    if (slot.next_ordinal == 0) continue;
    std::size_t i = home_of(slot.page);
    while (slots_[i].next_ordinal != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
}

}  // namespace tlmmu::analysis
