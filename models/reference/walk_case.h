// SPDX-License-Identifier: Apache-2.0
// A walk case: what a hart and its memory hold, fences, and translations that are asked for, line
// by line. docs/reference.md has the text format.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/arch/paging_mode.h"
#include "models/arch/privilege.h"
#include "models/base/access_type.h"
#include "models/base/address.h"
#include "models/base/enum_names.h"
#include "models/reference/case_fence.h"

namespace tlmmu::reference {

/// What `ext` switches on. svade and svadu replace each other.
enum class CaseExtension : std::uint8_t { svade, svadu, svnapot, svpbmt, svinval, h };
constexpr EnumName<CaseExtension> kCaseExtensionNames[] = {
    {CaseExtension::svade, "svade"},     {CaseExtension::svadu, "svadu"},
    {CaseExtension::svnapot, "svnapot"}, {CaseExtension::svpbmt, "svpbmt"},
    {CaseExtension::svinval, "svinval"}, {CaseExtension::h, "h"},
};
struct SetExtensions {
  std::vector<CaseExtension> names;  ///< in addition to those before
};

/// One PTE-wide word of physical memory, aligned to its width.
struct MemoryWord {
  PhysicalAddress address;
  std::uint64_t value = 0;
};

/// Memory exists in the union of these; without any, everywhere.
struct RamRange {
  PhysicalAddress base;
  Bytes size;
};

enum class SpaceCsr : std::uint8_t { satp, vsatp, hgatp };
constexpr EnumName<SpaceCsr> kSpaceCsrNames[] = {
    {SpaceCsr::satp, "satp"},
    {SpaceCsr::vsatp, "vsatp"},
    {SpaceCsr::hgatp, "hgatp"},
};
/// Whether a CSR write is followed by the fence that it needs.
enum class CsrFence : std::uint8_t { follows, none };
/// A CSR write of the raw value, of XLEN bits. vsatp is written while V = 0.
struct WriteCsr {
  SpaceCsr csr = SpaceCsr::satp;
  std::uint64_t raw = 0;
  CsrFence fence = CsrFence::follows;
};

/// Writes pmpaddr`entry`, then the entry's byte of its pmpcfg register.
struct WritePmp {
  unsigned entry = 0;  ///< 0 to 15
  std::uint8_t cfg = 0;
  std::uint64_t addr = 0;  ///< of XLEN bits
};

/// A hart's privilege and V: HS-mode is s.
enum class CaseMode : std::uint8_t { u, s, m, vu, vs };
constexpr EnumName<CaseMode> kCaseModeNames[] = {
    {CaseMode::u, "U"},   {CaseMode::s, "S"},   {CaseMode::m, "M"},
    {CaseMode::vu, "VU"}, {CaseMode::vs, "VS"},
};
/// A translation that is asked for. SUM and MXR are sstatus's, in VU and VS vsstatus's, where
/// sstatus.MXR counts as 0.
struct Request {
  std::string id;  ///< without blanks and '#', unlike those of the other requests
  VirtualAddress address;
  AccessType type = AccessType::load;
  CaseMode mode = CaseMode::s;
  Sum sum = Sum::forbidden;
  Mxr mxr = Mxr::off;
};

struct Line {
  using Content =
      std::variant<SetExtensions, MemoryWord, RamRange, WriteCsr, WritePmp, RunFence, Request>;
  Content content;
  unsigned number = 0;  ///< in its file; 0 if it comes from none
};

/// `mode` is the deepest mode that the hart implements, and with it its XLEN: sv32 says RV32, the
/// others RV64. In VS-stage and G stage the same holds.
struct WalkCase {
  PagingModeName mode = PagingModeName::sv39;
  std::vector<Line> lines;
};

/// The case as text that parse_walk_case() reads as the same case.
std::string to_text(const WalkCase& walk_case);

/// Reads a case. Anything malformed is an InputError "NAME:LINE: found ..., expected ...".
WalkCase parse_walk_case(std::istream& input, const std::string& name);

}  // namespace tlmmu::reference
