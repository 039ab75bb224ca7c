// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/qemu_case_text.h"

#include "models/arch/satp.h"
#include "models/reference/walk_case.h"

namespace tlmmu::testing {

using namespace mmu_probe;
using namespace reference;

namespace {

void add_pmp(WalkCase& made, const Case& asked) {
  const auto add = [&](unsigned index, PmpEntry entry) {
    made.lines.push_back({WritePmp{index, static_cast<std::uint8_t>(entry.cfg), entry.addr}});
  };
  if (asked.pmps == 0) return;
  for (unsigned i = 0; i < asked.pmps; ++i) add(i, asked.pmp[i]);
  add(kBackgroundEntry, kBackground);
}

Request request_of(const Case& asked) {
  const auto mpp = static_cast<Privilege>(bits(asked.status, kMppLow, 2));
  const bool guest = (asked.status & kMpv) != 0;
  Request request;
  request.id = "1";
  request.address = VirtualAddress(asked.address);
  request.type = asked.access == Access::fetch  ? AccessType::fetch
                 : asked.access == Access::load ? AccessType::load
                                                : AccessType::store;
  request.mode = mpp == Privilege::machine      ? CaseMode::m
                 : mpp == Privilege::supervisor ? (guest ? CaseMode::vs : CaseMode::s)
                                                : (guest ? CaseMode::vu : CaseMode::u);
  if ((asked.status & kSum) != 0) request.sum = Sum::permitted;
  if ((asked.status & kMxr) != 0) request.mxr = Mxr::on;
  return request;
}

}  // namespace

std::string walk_case(const Case& asked, const WalkRules& rules) {
  const bool guest = (asked.status & kMpv) != 0;
  WalkCase made;
  made.mode = PagingModeName::sv57;
  SetExtensions extensions{{CaseExtension::svadu}};
  if (rules.svnapot == Extension::present) extensions.names.push_back(CaseExtension::svnapot);
  if (rules.svpbmt == Extension::present) extensions.names.push_back(CaseExtension::svpbmt);
  if (guest) extensions.names.push_back(CaseExtension::h);
  made.lines.push_back({extensions});
  made.lines.push_back({RamRange{PhysicalAddress(kRamBase), Bytes(kRamBytes)}});
  for (unsigned i = 0; i < asked.words; ++i) {
    const Word word = asked.word[i];
    made.lines.push_back({MemoryWord{PhysicalAddress(word.address), word.value}});
  }
  add_pmp(made, asked);
  made.lines.push_back({WriteCsr{SpaceCsr::satp, asked.satp}});
  if (guest) {
    made.lines.push_back({WriteCsr{SpaceCsr::vsatp, asked.vsatp}});
    made.lines.push_back({WriteCsr{SpaceCsr::hgatp, asked.hgatp}});
  }
  made.lines.push_back({request_of(asked)});
  const bool both_mxr = guest && (asked.status & kMxr) != 0;
  return to_text(made) + (both_mxr ? "# and sstatus.MXR is 1\n" : "");
}

}  // namespace tlmmu::testing
