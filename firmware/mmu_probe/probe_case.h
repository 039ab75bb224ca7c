// SPDX-License-Identifier: Apache-2.0
// What the host asks the probe. Both sides include it: the host writes cases as they lie in memory,
// the probe finds them at kCasesBase.
#pragma once

#include <cstdint>

namespace tlmmu::mmu_probe {

/// RAM as the probe uses it. The program itself lies below the cases.
constexpr std::uint64_t kRamBase = 0x8000'0000, kRamBytes = 0x800'0000;
constexpr std::uint64_t kCasesBase = 0x8100'0000;
/// Frames for page tables; zero but for the words of the case that runs.
constexpr std::uint64_t kTablesBase = 0x8400'0000, kTablesBytes = 0x4'0000;
/// Where accesses end. Each aligned double word holds its own address, see identity_word().
constexpr std::uint64_t kWindowBase = 0x8600'0000, kWindowBytes = 0x8'0000;

/// Two instructions, `lui a0, n` and `ecall`, of which n is the double word's number in the window:
/// whoever loads them or runs them learns where they are in physical memory.
constexpr std::uint64_t identity_word(std::uint64_t address) {
  constexpr std::uint64_t kLuiA0 = 0x537, kEcall = 0x73;
  return kEcall << 32U | (address - kWindowBase) / 8 << 12U | kLuiA0;
}
/// The address whose identity_word() was loaded, or whose lui left `seen` in a0.
constexpr std::uint64_t address_of_identity(std::uint64_t seen) {
  return kWindowBase + (seen >> 12U & 0xf'ffffU) * 8;
}

/// A double word of memory, set before the access.
struct Word {
  std::uint64_t address;
  std::uint64_t value;
};

/// One PMP entry, as written to its registers.
struct PmpEntry {
  std::uint64_t cfg;
  std::uint64_t addr;
};
/// Below the entries of a case, which are numbered from 0, lies this one: everything is allowed.
constexpr unsigned kBackgroundEntry = 15;
constexpr PmpEntry kBackground{0x1f, ~std::uint64_t{0} >> 10U};

enum class Access : std::uint32_t { fetch, load, store };

/// mstatus, by bit.
constexpr std::uint64_t kMprv = 1U << 17U, kSum = 1U << 18U, kMxr = 1U << 19U;
constexpr std::uint64_t kMpv = std::uint64_t{1} << 39U;
constexpr unsigned kMppLow = 11;

/// Two stages of Sv57: 5 PTEs of the first, and 6 times 5 of the second.
constexpr unsigned kMaxWords = 35, kMaxPmp = 4;

/// One request, which starts cold: registers and memory as it says, then a fence, then one access
/// of 8 bytes, or a fetch of two instructions.
struct Case {
  std::uint64_t satp;
  std::uint64_t vsatp;  ///< this and hgatp only with kMpv in `status`
  std::uint64_t hgatp;
  std::uint64_t address;  ///< a multiple of 8
  /// kSum, kMxr, and at kMppLow the privilege; kMpv for VS and VU, where kSum and kMxr are set in
  /// vsstatus too.
  std::uint64_t status;
  Access access;
  std::uint32_t words;  ///< how many of `word`
  std::uint32_t pmps;   ///< how many of `pmp`
  std::uint32_t unused;
  Word word[kMaxWords];
  PmpEntry pmp[kMaxPmp];
};

/// Lies at kCasesBase; the cases follow.
struct Header {
  std::uint64_t cases;
};

}  // namespace tlmmu::mmu_probe
