// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/walk_record.h"

#include <algorithm>

namespace tlmmu::cosim {

using Answer = AskedPte::Answer;

const AskedPte* AskedPtes::find(PhysicalAddress address, Answer answer) const {
  const auto found = std::find_if(ptes_.begin(), ptes_.end(), [&](const AskedPte& each) {
    return each.address == address && each.answer == answer;
  });
  return found == ptes_.end() ? nullptr : &*found;
}

void AskedPtes::add(const AskedPte& asked) {
  if (find(asked.address, asked.answer) == nullptr) ptes_.push_back(asked);
}

void WalkRecord::complete(const std::function<std::optional<Pte>(PhysicalAddress)>& peek) {
  Walk walk(request, {ad_update, Extension::absent, Extension::absent});
  while (const auto* read = std::get_if<PteRead>(&walk.step())) {
    const PhysicalAddress address = read->address;
    if (const AskedPte* known = ptes.find(address, Answer::found)) {
      walk.supply(known->value);
    } else if (ptes.find(address, Answer::no_load) || ptes.find(address, Answer::no_memory)) {
      return;
    } else if (const std::optional<Pte> pte = peek(address)) {
      ptes.add({address, Answer::found, *pte});
      walk.supply(*pte);
    } else {
      return ptes.add({address, Answer::no_memory, Pte()});
    }
  }
}

}  // namespace tlmmu::cosim
