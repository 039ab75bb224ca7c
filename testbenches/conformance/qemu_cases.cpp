// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/qemu_cases.h"

#include "models/arch/pmp_entry.h"
#include "models/arch/pte.h"
#include "models/arch/satp.h"

namespace tlmmu::testing {

using namespace mmu_probe;

namespace {

constexpr std::uint64_t kPage = 4096;

bool has_word(const Case& made, std::uint64_t address) {
  for (unsigned i = 0; i < made.words; ++i) {
    if (made.word[i].address == address) return true;
  }
  return false;
}

}  // namespace

Case ProbeCaseMaker::next() {
  Case made{};
  made.access = static_cast<Access>(random_.below(3));
  const Privilege privilege = one_in(40)  ? Privilege::machine
                              : one_in(2) ? Privilege::supervisor
                                          : Privilege::user;
  made.status = static_cast<std::uint64_t>(privilege) << kMppLow;
  if (one_in(2)) made.status |= kSum;
  if (one_in(4)) made.status |= kMxr;
  const std::uint64_t end = target();
  const bool bare = one_in(40);
  if (bare || privilege == Privilege::machine) {
    made.address = end;
  } else {
    const unsigned levels = mode_.levels;
    const unsigned level = one_in(2) ? 0 : static_cast<unsigned>(random_.below(levels));
    made.address = address_of_target(end, level);
    made.satp = encode_satp(kSatpRv64, {mode_.name, Ppn(table() / kPage), Asid(0)});
    put_tables(made, level, end);
  }
  if (one_in(3)) put_pmp(made, end);
  return made;
}

std::uint64_t ProbeCaseMaker::table() {
  return kTablesBase + random_.below(kTablesBytes / kPage) * kPage;
}

/// Where the access is to end: mostly in the window, else where nothing is.
std::uint64_t ProbeCaseMaker::target() {
  if (!one_in(24)) return kWindowBase + random_.below(kWindowBytes / 8) * 8;
  if (one_in(2)) return kRamBase + kRamBytes + random_.below(kRamBytes / 8) * 8;
  return (std::uint64_t{1} << 40U) + random_.below(std::uint64_t{1} << 52U) * 8;
}

/// A virtual address that a leaf at `level` can take to `target`; rarely not a canonical one.
std::uint64_t ProbeCaseMaker::address_of_target(std::uint64_t target, unsigned level) {
  const std::uint64_t within = low_mask(shift_of(mode_.page_size(level)));
  const std::uint64_t any = (random_.next() & ~within) | (target & within);
  const unsigned unused = mode_.xlen - mode_.virtual_bits;
  const auto canonical =
      static_cast<std::uint64_t>(static_cast<std::int64_t>(any << unused) >> unused);
  if (!one_in(20)) return canonical;
  return canonical ^ std::uint64_t{1} << (64 - 1 - random_.below(unused));
}

void ProbeCaseMaker::put(Case& made, std::uint64_t address, std::uint64_t pte) {
  if (has_word(made, address)) return;
  made.word[made.words] = {address, pte};
  ++made.words;
}

void ProbeCaseMaker::put_tables(Case& made, unsigned leaf_level, std::uint64_t target) {
  std::uint64_t at_table = bits(made.satp, 0, Pte::kPpnWidth) * kPage;
  for (unsigned level = mode_.levels; level-- > 0;) {
    const std::uint64_t at = at_table + mode_.index(VirtualAddress(made.address), level) * 8;
    if (one_in(64)) return;  // an entry that is zero
    if (level == leaf_level && !one_in(40)) return put(made, at, leaf(target, level));
    at_table = table();
    put(made, at, pointer(at_table));
  }
}

std::uint64_t ProbeCaseMaker::pointer(std::uint64_t table) {
  if (one_in(48)) table = (std::uint64_t{1} << 40U) + random_.below(kPage) * kPage;
  std::uint64_t pte = table / kPage << Pte::kPpnLow | PteFlags::kV;
  if (one_in(8)) pte |= PteFlags::kG;
  return disturbed(pte);
}

std::uint64_t ProbeCaseMaker::leaf(std::uint64_t target, unsigned level) {
  std::uint64_t frame = target / kPage & ~low_mask(mode_.index_bits * level);
  if (level > 0 && one_in(8)) frame |= 1 + random_.below(low_mask(mode_.index_bits * level));
  constexpr std::uint64_t kKinds[] = {2, 6, 8, 10, 14};  // R, RW, X, RX, RWX
  std::uint64_t pte = frame << Pte::kPpnLow | kKinds[random_.below(5)] | PteFlags::kV;
  pte |= random_.next() & 0x3f0U;  // U, G, A, D and the bits for software
  if (rules_.svpbmt == Extension::present && one_in(4)) {
    pte = with_bits(pte, 61, 2, random_.below(3));
  }
  if (rules_.svnapot == Extension::present && level == 0 && one_in(3)) {
    if (!one_in(8)) pte = with_bits(pte, Pte::kPpnLow, 4, 8);
    pte |= std::uint64_t{1} << 63U;
  }
  return disturbed(pte);
}

std::uint64_t ProbeCaseMaker::disturbed(std::uint64_t pte) {
  return one_in(12) ? pte ^ std::uint64_t{1} << random_.below(64) : pte;
}

/// Ranges over the page tables, down to half a PTE, and over pages of the window.
void ProbeCaseMaker::put_pmp(Case& made, std::uint64_t target) {
  while (made.pmps < kMaxPmp - 1 && (made.pmps == 0 || one_in(2))) {
    if (made.words == 0 || one_in(2)) {
      add_range(made, target & ~(kPage - 1), kPage << random_.below(4));
    } else {
      const std::uint64_t pte = made.word[random_.below(made.words)].address;
      add_range(made, pte & ~std::uint64_t{3}, std::uint64_t{4} << random_.below(12));
    }
  }
}

/// One entry that covers `bytes`, a power of two, around or from `base` on.
void ProbeCaseMaker::add_range(Case& made, std::uint64_t base, std::uint64_t bytes) {
  constexpr std::uint64_t kPermissions[] = {0, 1, 3, 4, 5, 7};
  const std::uint64_t permissions = kPermissions[random_.below(6)];
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
