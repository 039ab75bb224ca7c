// SPDX-License-Identifier: Apache-2.0
#include "models/app/mismatch_report.h"

#include <fmt/format.h>

#include "models/app/text_file.h"
#include "models/arch/satp.h"
#include "models/reference/walk_case.h"

namespace tlmmu {

namespace {

using Answer = cosim::AskedPte::Answer;

constexpr unsigned kLastPmpEntry = 15;
constexpr std::uint8_t kPmpNa4 = 0x10, kPmpNapot = 0x18, kPmpLoads = 0x01, kPmpAll = 0x07;

/// PMP that refuses the PTE at `asked.address`: loads, or stores alone.
reference::WritePmp refusal(unsigned entry, const cosim::AskedPte& asked, unsigned pte_bytes) {
  constexpr unsigned kNa4Bytes = 4;
  const std::uint8_t rights = asked.answer == Answer::no_store ? kPmpLoads : 0;
  // NAPOT of eight bytes: pmpaddr's lowest bit is 0, as it is at every aligned PTE.
  const std::uint8_t range = pte_bytes == kNa4Bytes ? kPmpNa4 : kPmpNapot;
  return {entry, static_cast<std::uint8_t>(range | rights), asked.address.value() >> 2U};
}

reference::WalkCase case_of(const cosim::WalkRecord& record) {
  const WalkRequest& request = record.request;
  const PagingModeName mode = request.space.mode;
  const bool rv32 = mode == PagingModeName::sv32;
  reference::WalkCase walk_case;
  walk_case.mode = mode;
  auto add = [&](auto content) { walk_case.lines.push_back({content, 0}); };
  if (record.ad_update == AdUpdate::hardware) {
    add(reference::SetExtensions{{reference::CaseExtension::svadu}});
  }
  unsigned entry = 0;
  for (const cosim::AskedPte& asked : record.ptes.all()) {
    if (asked.answer == Answer::found) {
      add(reference::MemoryWord{asked.address, asked.value.raw()});
    } else if (entry < kLastPmpEntry) {
      add(refusal(entry++, asked, paging_mode(mode).pte_bytes));
    }
  }
  if (entry != 0) {
    add(reference::WritePmp{kLastPmpEntry, static_cast<std::uint8_t>(kPmpNapot | kPmpAll),
                            low_mask(rv32 ? 32 : 54)});
  }
  const SatpFormat& format = rv32 ? kSatpRv32 : kSatpRv64;
  add(reference::WriteCsr{reference::SpaceCsr::satp, encode_satp(format, request.space)});
  const bool user = request.context.privilege == Privilege::user;
  add(reference::Request{"walk", request.address, request.type,
                         user ? reference::CaseMode::u : reference::CaseMode::s,
                         request.context.sum, request.context.mxr});
  return walk_case;
}

}  // namespace

void print_story(std::FILE* to, const std::vector<cosim::WalkLine>& story) {
  for (const cosim::WalkLine& line : story) {
    fmt::print(to, "  model: {:60} rtl: {}\n", line.model, line.rtl);
  }
}

void write_case(const cosim::WalkRecord& record, const std::string& path) {
  TextFile file(path);
  file.write(reference::to_text(case_of(record)));
  file.commit();
}

void report_mismatch(const cosim::MachineMismatch& mismatch, const std::string& command) {
  const auto& content = mismatch.content();
  fmt::print(stderr, "tlmmu: {}: {} in walk {} of the machine\n", content.walker, mismatch.what(),
             content.walk);
  print_story(stderr, content.story);
  fmt::print(stderr, "the same run: {}\n", command);
  const std::string name = content.walker + "_mismatch";
  write_case(content.record, name + ".case");
  fmt::print(stderr, "the walk, alone: tlmmu walk -v {0}.case\n", name);
  fmt::print(stderr, "the same in hardware: tlmmu cosim --walker {} --case {}.case\n",
             content.walker, name);
  if (!content.hardware) return;
  content.hardware->draw(name + ".fst");
  fmt::print(stderr, "waves: gtkwave {}.fst\n", name);
}

}  // namespace tlmmu
