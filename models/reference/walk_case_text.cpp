// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "models/reference/case_words.h"
#include "models/reference/walk_case.h"

namespace tlmmu::reference {

namespace {

std::string hex(std::uint64_t number) {
  return fmt::format("{:#x}", number);
}

std::string text_of(const SetExtensions& line) {
  std::string text = "ext ";
  for (const CaseExtension name : line.names) {
    if (text.back() != ' ') text += ',';
    text += name_in(kCaseExtensionNames, name);
  }
  return text;
}

std::string text_of(const MemoryWord& line) {
  return fmt::format("mem {} {}", hex(line.address.value()), hex(line.value));
}

std::string text_of(const RamRange& line) {
  return fmt::format("ram {} {}", hex(line.base.value()), hex(line.size.value()));
}

std::string text_of(const WriteCsr& line) {
  return fmt::format("{}{} {}", name_in(kSpaceCsrNames, line.csr),
                     line.fence == CsrFence::none ? kNoFence : "", hex(line.raw));
}

std::string text_of(const WritePmp& line) {
  return fmt::format("pmp {} {} {}", line.entry, hex(line.cfg), hex(line.addr));
}

std::string text_of(const RunFence& line) {
  std::string text = name_in(kFenceInstructionNames, line.instruction);
  if (line.address || line.space) text += ' ' + (line.address ? hex(*line.address) : kAbsent);
  if (line.space) text += ' ' + hex(*line.space);
  return text;
}

std::string text_of(const Request& line) {
  return fmt::format("req {} {} {} {} {} {}", line.id, hex(line.address.value()),
                     name_in(kTypeLetters, line.type), name_in(kCaseModeNames, line.mode),
                     name_in(kSumDigits, line.sum), name_in(kMxrDigits, line.mxr));
}

}  // namespace

std::string to_text(const WalkCase& walk_case) {
  std::string text = fmt::format("mode {}\n", name_in(kEveryPagingModeName, walk_case.mode));
  for (const Line& line : walk_case.lines) {
    text += std::visit([](const auto& content) { return text_of(content); }, line.content);
    text += '\n';
  }
  return text;
}

}  // namespace tlmmu::reference
