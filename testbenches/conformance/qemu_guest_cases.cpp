// SPDX-License-Identifier: Apache-2.0
#include "models/arch/hgatp.h"
#include "models/arch/satp.h"
#include "testbenches/conformance/qemu_cases.h"

namespace tlmmu::testing {

using mmu_probe::Case;

namespace {

/// Of a G-stage leaf: everything allowed, A and D set.
constexpr PteFlags kEverything(PteFlags::kV | PteFlags::kR | PteFlags::kW | PteFlags::kX |
                               PteFlags::kU | PteFlags::kA | PteFlags::kD);

unsigned leaf_level_of(std::uint64_t random, const PagingMode& mode) {
  return random % 3 != 0 ? 0 : static_cast<unsigned>(random / 3 % mode.levels);
}

}  // namespace

GuestCaseMaker::GuestCaseMaker(std::uint64_t seed, const PagingMode& mode)
    : CaseParts(seed, 60), vs_mode_(mode), g_mode_(paging_mode(g_stage_mode(mode.name))) {}

Case GuestCaseMaker::next() {
  Case made{};
  put_access(made);
  // QEMU 7.2 takes what HLV and HSV do for permitted by SUM, and reports page faults of the VS
  // stage as such only where satp has a mode.
  made.status |= mmu_probe::kMpv | mmu_probe::kSum;
  made.satp = encode_satp(kSatpRv64, {vs_mode_.name, Ppn(table() / kProbePage), Asid(0)});
  constexpr std::uint64_t kRootPages = 4;
  if (!one_in(10)) {
    const std::uint64_t root = table() / kProbePage & ~(kRootPages - 1);
    made.hgatp = with_bits(root, kHgatpRv64.mode_low, kHgatpRv64.mode_width,
                           static_cast<std::uint64_t>(vs_mode_.name));
  }
  const std::uint64_t end = target();
  const PteFlags flags = any_flags();
  const PteFlags users(static_cast<std::uint8_t>(flags.raw() | PteFlags::kU));
  const std::uint64_t guest_end = map_guest(made, end, one_in(8) ? flags : users);
  if (one_in(10)) {
    made.address = guest_end;
  } else {
    const unsigned level = leaf_level_of(any(), vs_mode_);
    made.address = address_for(vs_mode_, level, guest_end);
    put_vs_tables(made, level, guest_end);
  }
  if (one_in(4)) put_pmp(made, end);
  return made;
}

void GuestCaseMaker::put_vs_tables(Case& made, unsigned leaf_level, std::uint64_t guest_target) {
  GuestPage at_table = new_table(made);
  made.vsatp = encode_satp(kSatpRv64, {vs_mode_.name, Ppn(at_table.guest / kProbePage), Asid(0)});
  for (unsigned level = vs_mode_.levels; level-- > 0;) {
    const std::uint64_t at =
        at_table.host + vs_mode_.index(VirtualAddress(made.address), level) * 8;
    if (one_in(64)) return;  // an entry that is zero
    if (level == leaf_level) {
      put_word(made, at, leaf(level, guest_target, any_flags()));
      return;
    }
    at_table = new_table(made);
    put_word(made, at, pointer(at_table.guest));
  }
}

GuestCaseMaker::GuestPage GuestCaseMaker::new_table(Case& made) {
  const std::uint64_t host = table();
  return {map_guest(made, host, one_in(40) ? any_flags() : kEverything), host};
}

/// Has the G stage, if there is one, map something to `target`; returns the guest-physical address.
std::uint64_t GuestCaseMaker::map_guest(Case& made, std::uint64_t target, PteFlags flags) {
  if (made.hgatp == 0) return target;
  const unsigned leaf_level = leaf_level_of(any(), g_mode_);
  const std::uint64_t guest = address_for(g_mode_, leaf_level, target);
  std::uint64_t at_table = bits(made.hgatp, 0, kHgatpRv64.ppn_width) * kProbePage;
  for (unsigned level = g_mode_.levels; level-- > 0;) {
    const std::uint64_t at = at_table + g_mode_.index(VirtualAddress(guest), level) * 8;
    if (one_in(200)) break;  // an entry that is zero
    if (level == leaf_level) {
      put_word(made, at, leaf(level, target, flags));
      break;
    }
    // Where two pages share a table the first one's pointer counts.
    at_table = Pte(put_word(made, at, pointer(table()))).ppn().value() * kProbePage;
    if (at_table - mmu_probe::kTablesBase >= mmu_probe::kTablesBytes) break;
  }
  return guest;
}

}  // namespace tlmmu::testing
