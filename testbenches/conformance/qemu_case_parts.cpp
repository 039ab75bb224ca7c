// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/qemu_case_parts.h"

#include <algorithm>

#include "models/arch/privilege.h"

namespace tlmmu::testing {

using namespace mmu_probe;

namespace {

constexpr unsigned kIndexBits = kSv39.index_bits;  // alike in all modes of RV64
constexpr std::uint64_t kNowhere = std::uint64_t{1} << 40U;

}  // namespace

std::uint64_t CaseParts::table() {
  return kTablesBase + below(kTablesBytes / kProbePage) * kProbePage;
}

std::uint64_t CaseParts::target() {
  if (!one_in(24)) return kWindowBase + below(kWindowBytes / 8) * 8;
  if (one_in(2)) return kRamBase + kRamBytes + below(kRamBytes / 8) * 8;
  return kNowhere + below(std::uint64_t{1} << 52U) * 8;
}

std::uint64_t CaseParts::address_for(const PagingMode& mode, unsigned level, std::uint64_t target) {
  const std::uint64_t within = low_mask(shift_of(mode.page_size(level)));
  const std::uint64_t address = (any() & ~within) | (target & within);
  const unsigned unused = mode.xlen - mode.virtual_bits;
  const std::uint64_t wrong = one_in(20) ? std::uint64_t{1} << (63 - below(unused)) : 0;
  const bool guest_physical = mode.root_extra_bits != 0;
  if (guest_physical) {
    // As much as a PTE's PPN can hold, without the highest bit; see reference_of().
    const unsigned bits = std::min(mode.virtual_bits - 1, mode.physical_bits());
    return (address & low_mask(bits)) | (wrong & low_mask(mode.physical_bits()));
  }
  const auto shifted = static_cast<std::int64_t>(address << unused);
  return static_cast<std::uint64_t>(shifted >> unused) ^ wrong;
}

std::uint64_t CaseParts::pointer(std::uint64_t to) {
  if (one_in(4 * pte_damage_)) to = kNowhere + below(kProbePage) * kProbePage;
  std::uint64_t pte = to / kProbePage << Pte::kPpnLow | PteFlags::kV;
  if (one_in(8)) pte |= PteFlags::kG;
  return one_in(pte_damage_) ? pte ^ std::uint64_t{1} << below(64) : pte;
}

std::uint64_t CaseParts::leaf(unsigned level, std::uint64_t target, PteFlags flags) {
  const std::uint64_t low_ppn = low_mask(kIndexBits * level);
  std::uint64_t frame = target / kProbePage & ~low_ppn;
  if (level > 0 && one_in(8)) frame |= 1 + below(low_ppn);
  const std::uint64_t software = below(1U << Pte::kRswWidth) << Pte::kRswLow;
  const std::uint64_t pte = Pte(Ppn(frame), flags).raw() | software;
  return one_in(pte_damage_) ? pte ^ std::uint64_t{1} << below(64) : pte;
}

PteFlags CaseParts::any_flags() {
  constexpr std::uint8_t kKinds[] = {2, 6, 8, 10, 14};  // R, RW, X, RX, RWX
  constexpr std::uint8_t kOthers = PteFlags::kU | PteFlags::kG | PteFlags::kA | PteFlags::kD;
  return PteFlags(static_cast<std::uint8_t>(kKinds[below(5)] | (any() & kOthers) | PteFlags::kV));
}

void CaseParts::put_access(Case& made) {
  made.access = static_cast<Access>(below(3));
  const auto privilege = one_in(2) ? Privilege::supervisor : Privilege::user;
  made.status = static_cast<std::uint64_t>(privilege) << kMppLow;
  if (one_in(2)) made.status |= kSum;
  if (one_in(4)) made.status |= kMxr;
}

std::uint64_t CaseParts::put_word(Case& made, std::uint64_t address, std::uint64_t value) {
  for (unsigned i = 0; i < made.words; ++i) {
    if (made.word[i].address == address) return made.word[i].value;
  }
  made.word[made.words] = {address, value};
  ++made.words;
  return value;
}

void CaseParts::put_pmp(Case& made, std::uint64_t target) {
  while (made.pmps < kMaxPmp - 1 && (made.pmps == 0 || one_in(2))) {
    if (made.words == 0 || one_in(2)) {
      put_pmp_range(made, target & ~(kProbePage - 1), kProbePage << below(4));
    } else {
      const std::uint64_t pte = made.word[below(made.words)].address + 4 * below(2);
      put_pmp_range(made, pte, std::uint64_t{4} << below(12));
    }
  }
}

void CaseParts::put_pmp_range(Case& made, std::uint64_t base, std::uint64_t bytes) {
  constexpr std::uint64_t kPermissions[] = {0, 1, 3, 4, 5, 7};
  const std::uint64_t permissions = kPermissions[below(6)];
  const auto add = [&](PmpMatching matching, std::uint64_t addr) {
    const auto a_field = static_cast<std::uint64_t>(matching) << PmpCfg::kMatchingLow;
    made.pmp[made.pmps] = {a_field | permissions, addr};
    ++made.pmps;
  };
  if (one_in(3)) {
    add(PmpMatching::off, base / 4);
    add(PmpMatching::tor, (base + bytes) / 4);
  } else if (bytes == 4) {
    add(PmpMatching::na4, base / 4);
  } else {
    add(PmpMatching::napot, (base & ~(bytes - 1)) / 4 | (bytes / 8 - 1));
  }
}

}  // namespace tlmmu::testing
