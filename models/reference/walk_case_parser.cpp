// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <map>

#include "models/base/error.h"
#include "models/reference/case_fields.h"
#include "models/reference/case_words.h"
#include "models/reference/hart_widths.h"
#include "models/reference/walk_case.h"

namespace tlmmu::reference {

namespace {

constexpr std::size_t kLongestLine = 1000;

constexpr std::string_view kExpectedLine =
    "ext, mem, ram, satp, satp_nofence, vsatp, hgatp, pmp, a fence or req";

constexpr bool is_svinval(FenceInstruction instruction) {
  return instruction >= FenceInstruction::sinval_vma;
}

constexpr bool is_of_hypervisor(FenceInstruction instruction) {
  return names_guest(instruction) || instruction == FenceInstruction::hfence_vvma ||
         instruction == FenceInstruction::hinval_vvma;
}

/// Reads lines; what an earlier line says decides what a later one may be.
class CaseParser {
 public:
  CaseParser(std::istream& input, const std::string& name) : input_(input), name_(name) {}

  WalkCase parse() {
    while (next_line()) {
      CaseFields fields(fmt::format("{}:{}", name_, number_), text_);
      if (fields.at_end()) continue;
      if (widths_ == nullptr) {
        parse_mode(fields);
      } else {
        case_.lines.push_back(Line{parse_line(fields), number_});
      }
      fields.end();
    }
    if (widths_ == nullptr) {
      throw InputError(fmt::format("{}:{}: found the end of the case, expected mode and its name",
                                   name_, number_ + 1));
    }
    return std::move(case_);
  }

 private:
  bool next_line() {
    char line[kLongestLine + 1];
    input_.getline(line, sizeof line);
    if (input_.bad()) throw HostError(fmt::format("{}: cannot be read", name_));
    const auto length = static_cast<std::size_t>(input_.gcount());
    if (input_.fail() && length == 0) return false;  // the end of the file
    ++number_;
    if (input_.fail()) {
      throw InputError(fmt::format("{}:{}: found a longer line, expected at most {} characters",
                                   name_, number_, kLongestLine));
    }
    // The newline is counted, and not stored; the last line may have none.
    text_.assign(line, input_.eof() ? length : length - 1);
    return true;
  }

  void parse_mode(CaseFields& fields) {
    const std::string_view keyword = fields.word("mode");
    if (keyword != "mode") fields.fail_at(keyword, "mode and its name as the first line");
    case_.mode = fields.choice(kEveryPagingModeName);
    widths_ = &widths_of(case_.mode);
  }

  Line::Content parse_line(CaseFields& fields) {
    const std::string_view keyword = fields.word(kExpectedLine);
    if (keyword == "req") return parse_request(fields);
    if (keyword == "mem") return parse_memory_word(fields);
    if (keyword == "pmp") return parse_pmp(fields);
    if (keyword == "ram") return parse_ram(fields);
    if (keyword == "ext") return parse_extensions(fields);
    for (const auto& csr : kSpaceCsrNames) {
      if (keyword == csr.name) return parse_csr(keyword, fields, {csr.value});
      if (keyword == std::string(csr.name) + kNoFence) {
        return parse_csr(keyword, fields, {csr.value, 0, CsrFence::none});
      }
    }
    for (const auto& fence : kFenceInstructionNames) {
      if (keyword == fence.name) return parse_fence(keyword, fields, {fence.value});
    }
    fields.fail_at(keyword, kExpectedLine);
  }

  SetExtensions parse_extensions(CaseFields& fields) {
    SetExtensions line;
    fields.choices(kCaseExtensionNames, line.names);
    extensions_.insert(extensions_.end(), line.names.begin(), line.names.end());
    return line;
  }

  MemoryWord parse_memory_word(CaseFields& fields) const {
    const std::uint64_t address = fields.number("an address", widths_->physical_bits);
    if (address % widths_->pte_bytes != 0) {
      fields.fail_at(fmt::format("{:#x}", address),
                     fmt::format("an address that is a multiple of {}", widths_->pte_bytes));
    }
    return {PhysicalAddress(address), fields.number("a word", 8 * widths_->pte_bytes)};
  }

  RamRange parse_ram(CaseFields& fields) const {
    const std::uint64_t base = fields.number("a base address", widths_->physical_bits);
    const std::uint64_t size = fields.number("a size in bytes", widths_->physical_bits + 1);
    const std::uint64_t space = std::uint64_t{1} << widths_->physical_bits;
    if (size == 0 || size > space - base) {
      fields.fail_at(fmt::format("{:#x}", size),
                     fmt::format("a size from 1 to {:#x}", space - base));
    }
    return {PhysicalAddress(base), Bytes(size)};
  }

  WriteCsr parse_csr(std::string_view keyword, CaseFields& fields, WriteCsr line) const {
    if (line.csr != SpaceCsr::satp) require(CaseExtension::h, keyword, fields);
    line.raw = fields.number("the register's value", widths_->xlen);
    return line;
  }

  WritePmp parse_pmp(CaseFields& fields) const {
    WritePmp line;
    line.entry = static_cast<unsigned>(fields.number("an entry from 0 to 15", 4));
    line.cfg = static_cast<std::uint8_t>(fields.number("the entry's byte of pmpcfg", 8));
    line.addr = fields.number("the entry's pmpaddr", widths_->xlen);
    return line;
  }

  RunFence parse_fence(std::string_view keyword, CaseFields& fields, RunFence line) const {
    if (is_svinval(line.instruction)) require(CaseExtension::svinval, keyword, fields);
    if (is_of_hypervisor(line.instruction)) require(CaseExtension::h, keyword, fields);
    if (!has_operands(line.instruction)) return line;
    const bool gvma = names_guest(line.instruction);
    const unsigned address_bits = gvma ? widths_->guest_physical_bits : widths_->xlen;
    const unsigned space_bits = gvma ? widths_->hgatp.vmid_width : widths_->satp.asid_width;
    if (fields.at_end()) return line;
    if (!fields.skip(kAbsent)) {
      line.address =
          fields.number(gvma ? "- or a guest-physical address" : "- or an address", address_bits);
    }
    if (fields.at_end()) return line;
    line.space = static_cast<std::uint16_t>(fields.number(gvma ? "a VMID" : "an ASID", space_bits));
    return line;
  }

  Request parse_request(CaseFields& fields) {
    Request line;
    line.id = fields.word("an id");
    const auto [taken, fresh] = ids_.emplace(line.id, number_);
    if (!fresh) {
      fields.fail_at(line.id, fmt::format("an id that line {} does not have", taken->second));
    }
    line.address = VirtualAddress(fields.number("a virtual address", widths_->xlen));
    line.type = fields.choice(kTypeLetters);
    line.mode = fields.choice(kCaseModeNames);
    if (line.mode == CaseMode::vu || line.mode == CaseMode::vs) {
      require(CaseExtension::h, name_in(kCaseModeNames, line.mode), fields);
    }
    line.sum = fields.choice(kSumDigits);
    line.mxr = fields.choice(kMxrDigits);
    return line;
  }

  void require(CaseExtension extension, std::string_view word, const CaseFields& fields) const {
    if (std::find(extensions_.begin(), extensions_.end(), extension) != extensions_.end()) return;
    fields.fail_at(word,
                   fmt::format("ext {} on a line before", name_in(kCaseExtensionNames, extension)));
  }

  std::istream& input_;
  const std::string& name_;
  std::string text_;
  unsigned number_ = 0;
  const HartWidths* widths_ = nullptr;  ///< since the line `mode`
  std::vector<CaseExtension> extensions_;
  std::map<std::string, unsigned> ids_;  ///< and the lines that they stand on
  WalkCase case_;
};

}  // namespace

WalkCase parse_walk_case(std::istream& input, const std::string& name) {
  return CaseParser(input, name).parse();
}

}  // namespace tlmmu::reference
