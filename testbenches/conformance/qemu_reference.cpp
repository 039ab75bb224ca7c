// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/qemu_reference.h"

#include <fmt/format.h>

#include <map>

#include "models/arch/effective_privilege.h"
#include "models/arch/exception.h"
#include "models/arch/pmp.h"
#include "models/arch/satp.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu::testing {

namespace {

using mmu_probe::Access;
using mmu_probe::Case;

constexpr Bytes kDoubleWord{8};

enum class Place : std::uint8_t { tables, window, nowhere, elsewhere };

/// What lies at a physical address of QEMU's virt machine. Between RAM and 16 GiB, and far above,
/// there is nothing; elsewhere are devices, the PCI window, and RAM that no case describes.
Place place_of(std::uint64_t address) {
  using namespace mmu_probe;
  if (address - kTablesBase < kTablesBytes) return Place::tables;
  if (address - kWindowBase < kWindowBytes) return Place::window;
  constexpr std::uint64_t kPci = std::uint64_t{1} << 34U, kBeyond = std::uint64_t{1} << 40U;
  constexpr std::uint64_t kEnd = std::uint64_t{1} << kSv39.physical_bits();
  const bool after_ram = address >= kRamBase + kRamBytes && address < kPci;
  return after_ram || (address >= kBeyond && address < kEnd) ? Place::nowhere : Place::elsewhere;
}

Pmp pmp_of(const Case& asked) {
  Pmp pmp;
  const auto write = [&](std::size_t index, mmu_probe::PmpEntry entry) {
    pmp.write_addr(index, entry.addr);
    pmp.write_cfg(index, static_cast<std::uint8_t>(entry.cfg));
  };
  write(mmu_probe::kBackgroundEntry, mmu_probe::kBackground);
  for (unsigned i = 0; i < asked.pmps; ++i) write(i, asked.pmp[i]);
  return pmp;
}

/// Physical memory as page-table walks see it.
class TableMemory {
 public:
  TableMemory(const Case& asked, const WalkRules& rules)
      : pmp_(pmp_of(asked)),
        extended_(rules.svnapot == Extension::present || rules.svpbmt == Extension::present) {
    for (unsigned i = 0; i < asked.words; ++i) words_[asked.word[i].address] = asked.word[i].value;
  }

  std::optional<Pte> read(PhysicalAddress address) {
    if (!permits(address, AccessType::load)) {
      denied = true;
      return std::nullopt;
    }
    const Place place = place_of(address.value());
    if (place == Place::tables) return look(Pte(words_[address.value()]));
    if (place != Place::nowhere) unknown = true;
    return std::nullopt;
  }
  bool write(PhysicalAddress address, Pte pte) {
    if (!permits(address, AccessType::store)) unknown = true;
    words_[address.value()] = pte.raw();
    return true;
  }

  const Pmp& pmp() const { return pmp_; }
  Pte last_read() const { return last_read_; }
  bool denied = false;   ///< the PMP refused a read
  bool unknown = false;  ///< reference_of() says when

 private:
  Pte look(Pte pte) {
    constexpr std::uint64_t kReservedMemoryType = 3;
    if (extended_ && (pte.reserved() != 0 || pte.pbmt() == kReservedMemoryType)) unknown = true;
    last_read_ = pte;
    return pte;
  }
  bool permits(PhysicalAddress address, AccessType type) const {
    return pmp_.check(address, kDoubleWord, type, Privilege::supervisor) == PmpVerdict::allowed;
  }

  Pmp pmp_;
  bool extended_;
  Pte last_read_;
  std::map<std::uint64_t, std::uint64_t> words_;
};

AccessType type_of(Access access) {
  if (access == Access::fetch) return AccessType::fetch;
  return access == Access::load ? AccessType::load : AccessType::store;
}

/// The probe loads and stores in M with MPRV set; to fetch it leaves M for the privilege in MPP.
Privilege privilege_of(const Case& asked) {
  const auto mpp = static_cast<Privilege>(bits(asked.status, mmu_probe::kMppLow, 2));
  if (asked.access == Access::fetch) {
    return effective_mode(AccessType::fetch, {mpp, Virtualization::off}, {}).privilege;
  }
  return effective_mode(type_of(asked.access), {Privilege::machine, Virtualization::off},
                        {Mprv::on, mpp, Virtualization::off})
      .privilege;
}

AccessContext context_of(const Case& asked) {
  AccessContext context;
  context.privilege = privilege_of(asked);
  if ((asked.status & mmu_probe::kSum) != 0) context.sum = Sum::permitted;
  if ((asked.status & mmu_probe::kMxr) != 0) context.mxr = Mxr::on;
  return context;
}

std::string fault_line(ExceptionCause cause, const Case& asked) {
  return fmt::format("fault {} {:#x}", static_cast<unsigned>(cause), asked.address);
}

/// How the access to `physical`, which translation allows, ends.
void finish(Reference& reference, const Case& asked, TableMemory& memory,
            PhysicalAddress physical) {
  const AccessType type = type_of(asked.access);
  reference.line = fault_line(access_fault(type), asked);
  const PmpVerdict verdict = memory.pmp().check(physical, kDoubleWord, type, privilege_of(asked));
  reference.end.final_denied = verdict == PmpVerdict::denied;
  if (reference.end.final_denied) return;
  const Place place = place_of(physical.value());
  if (place == Place::window) reference.line = fmt::format("ok {:#x}", physical.value());
  if (place == Place::tables || place == Place::elsewhere) memory.unknown = true;
}

std::string update_text(PhysicalAddress address, Pte now) {
  return fmt::format(" wr {:#x} {:#x}", address.value(), now.raw());
}

/// What QEMU says where a walk ends with `fault`, if that is known not to be what the specification
/// says.
std::string deviation_of(const WalkFault& fault, const Case& asked, const TableMemory& memory,
                         PhysicalAddress last_pte) {
  const AccessType type = type_of(asked.access);
  // Where no memory is, a PTE read is refused by a physical-memory attribute and so an access
  // fault. QEMU makes a page fault of it.
  if (fault.step == VatpStep::pte_access && !memory.denied) {
    return fault_line(page_fault(type), asked);
  }
  // QEMU looks for a reserved pattern of a NAPOT page only after it has set A and D.
  const Pte pte = memory.last_read();
  if (fault.step == VatpStep::pte_format && pte.n() && pte.is_leaf()) {
    const std::uint8_t dirty = type == AccessType::store ? PteFlags::kD : 0;
    const Pte updated = pte.with_flags(static_cast<std::uint8_t>(PteFlags::kA | dirty));
    return fault_line(fault.cause, asked) + update_text(last_pte, updated);
  }
  return "";
}

void walk(Reference& reference, const Case& asked, const WalkRequest& request,
          const WalkRules& rules, TableMemory& memory) {
  const WalkRecord record = run_walk(Walk(request, rules), memory);
  reference.end.updated = !record.updates.empty();
  reference.end.pte_denied = memory.denied;
  if (const Translation* found = record.translation()) {
    reference.end.page = found->size;
    finish(reference, asked, memory, found->apply(request.address));
  } else {
    const WalkFault& fault = *record.fault();
    reference.end.fault = fault.step;
    reference.line = fault_line(fault.cause, asked);
    if (!record.reads.empty()) {
      reference.known_deviation = deviation_of(fault, asked, memory, record.reads.back().address);
    }
  }
  for (const PteUpdate& update : record.updates) {
    reference.line += update_text(update.address, update.desired);
  }
}

}  // namespace

std::optional<Reference> reference_of(const Case& asked, const WalkRules& rules) {
  const auto space = decode_satp(kSatpRv64, asked.satp);
  if (!space) return std::nullopt;
  Reference reference;
  TableMemory memory(asked, rules);
  WalkRequest request;
  request.address = VirtualAddress(asked.address);
  request.type = type_of(asked.access);
  request.context = context_of(asked);
  request.space = *space;
  if (is_translated(*space, request.context.privilege)) {
    walk(reference, asked, request, rules, memory);
  } else {
    finish(reference, asked, memory, PhysicalAddress(asked.address));
  }
  if (memory.unknown) return std::nullopt;
  return reference;
}

std::string walk_case(const Case& asked, const WalkRules& rules) {
  const auto space = decode_satp(kSatpRv64, asked.satp).value_or(AddressSpace{});
  std::string text = fmt::format("mode {}\next svadu{}{}\nram {:#x} {:#x}\n",
                                 name_in(kEveryPagingModeName, space.mode),
                                 rules.svnapot == Extension::present ? ",svnapot" : "",
                                 rules.svpbmt == Extension::present ? ",svpbmt" : "",
                                 mmu_probe::kRamBase, mmu_probe::kRamBytes);
  for (unsigned i = 0; i < asked.words; ++i) {
    text += fmt::format("mem {:#x} {:#x}\n", asked.word[i].address, asked.word[i].value);
  }
  const auto pmp = [&](unsigned index, mmu_probe::PmpEntry entry) {
    text += fmt::format("pmp {} {:#x} {:#x}\n", index, entry.cfg, entry.addr);
  };
  for (unsigned i = 0; i < asked.pmps; ++i) pmp(i, asked.pmp[i]);
  if (asked.pmps != 0) pmp(mmu_probe::kBackgroundEntry, mmu_probe::kBackground);
  constexpr const char kTypes[] = "XRW";
  constexpr const char kPrivileges[] = "US-M";
  return text + fmt::format("satp {:#x}\nreq 1 {:#x} {} {} {:d} {:d}\n", asked.satp, asked.address,
                            kTypes[static_cast<unsigned>(asked.access)],
                            kPrivileges[bits(asked.status, mmu_probe::kMppLow, 2)],
                            (asked.status & mmu_probe::kSum) != 0,
                            (asked.status & mmu_probe::kMxr) != 0);
}

}  // namespace tlmmu::testing
