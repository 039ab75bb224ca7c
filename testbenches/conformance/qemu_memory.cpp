// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/qemu_memory.h"

#include "models/arch/paging_mode.h"

namespace tlmmu::testing {

using namespace mmu_probe;

namespace {

constexpr Bytes kDoubleWord{8};

Pmp pmp_of(const Case& asked) {
  Pmp pmp;
  const auto write = [&](std::size_t index, PmpEntry entry) {
    pmp.write_addr(index, entry.addr);
    pmp.write_cfg(index, static_cast<std::uint8_t>(entry.cfg));
  };
  write(kBackgroundEntry, kBackground);
  for (unsigned i = 0; i < asked.pmps; ++i) write(i, asked.pmp[i]);
  return pmp;
}

}  // namespace

Place place_of(PhysicalAddress address) {
  const std::uint64_t at = address.value();
  if (at - kTablesBase < kTablesBytes) return Place::tables;
  if (at - kWindowBase < kWindowBytes) return Place::window;
  // Between RAM and PCI's window at 16 GiB there is nothing, nor far above.
  constexpr std::uint64_t kPci = std::uint64_t{1} << 34U, kBeyond = std::uint64_t{1} << 40U;
  constexpr std::uint64_t kEnd = std::uint64_t{1} << kSv39.physical_bits();
  const bool after_ram = at >= kRamBase + kRamBytes && at < kPci;
  return after_ram || (at >= kBeyond && at < kEnd) ? Place::nowhere : Place::elsewhere;
}

ProbeMemory::ProbeMemory(const Case& asked, const WalkRules& rules)
    : pmp_(pmp_of(asked)),
      extended_(rules.svnapot == Extension::present || rules.svpbmt == Extension::present) {
  for (unsigned i = 0; i < asked.words; ++i) words_[asked.word[i].address] = asked.word[i].value;
}

std::optional<Pte> ProbeMemory::read(PhysicalAddress address) {
  if (!permits(address, AccessType::load)) {
    denied_ = true;
    return std::nullopt;
  }
  const Place place = place_of(address);
  if (place == Place::tables) return look(Pte(words_[address.value()]));
  if (place != Place::nowhere) make_unknown();
  return std::nullopt;
}

bool ProbeMemory::write(PhysicalAddress address, Pte pte) {
  if (!permits(address, AccessType::store)) make_unknown();
  words_[address.value()] = pte.raw();
  return true;
}

Pte ProbeMemory::look(Pte pte) {
  constexpr std::uint64_t kReservedMemoryType = 3;
  if (extended_ && (pte.reserved() != 0 || pte.pbmt() == kReservedMemoryType)) make_unknown();
  last_read_ = pte;
  return pte;
}

bool ProbeMemory::permits(PhysicalAddress address, AccessType type) const {
  return pmp_.check(address, kDoubleWord, type, Privilege::supervisor) == PmpVerdict::allowed;
}

}  // namespace tlmmu::testing
