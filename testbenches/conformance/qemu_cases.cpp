// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/qemu_cases.h"

#include "models/arch/satp.h"

namespace tlmmu::testing {

using mmu_probe::Case;

Case CaseMaker::next() {
  Case made{};
  put_access(made);
  const bool machine = one_in(40);
  if (machine) made.status |= static_cast<std::uint64_t>(Privilege::machine) << mmu_probe::kMppLow;
  const std::uint64_t end = target();
  if (machine || one_in(40)) {
    made.address = end;
  } else {
    const unsigned level = one_in(2) ? 0 : static_cast<unsigned>(below(mode_.levels));
    made.address = address_for(mode_, level, end);
    put_tables(made, level, end);
  }
  if (one_in(3)) put_pmp(made, end);
  return made;
}

void CaseMaker::put_tables(Case& made, unsigned leaf_level, std::uint64_t target) {
  std::uint64_t at_table = table();
  made.satp = encode_satp(kSatpRv64, {mode_.name, Ppn(at_table / kProbePage), Asid(0)});
  for (unsigned level = mode_.levels; level-- > 0;) {
    const std::uint64_t at = at_table + mode_.index(VirtualAddress(made.address), level) * 8;
    if (one_in(64)) return;  // an entry that is zero
    if (level == leaf_level && !one_in(40)) {
      put_word(made, at, extended(leaf(level, target, any_flags()), level));
      return;
    }
    at_table = table();
    put_word(made, at, pointer(at_table));
  }
}

/// The leaf with N or a memory type, where the hart has them.
std::uint64_t CaseMaker::extended(std::uint64_t pte, unsigned level) {
  if (rules_.svpbmt == Extension::present && one_in(4)) pte = with_bits(pte, 61, 2, below(3));
  if (rules_.svnapot == Extension::present && level == 0 && one_in(3)) {
    if (!one_in(8)) pte = with_bits(pte, Pte::kPpnLow, 4, 8);
    pte |= std::uint64_t{1} << 63U;
  }
  return pte;
}

}  // namespace tlmmu::testing
