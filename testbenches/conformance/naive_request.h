// SPDX-License-Identifier: Apache-2.0
// What the second reading of the specification is asked, and answers: in plain integers.
#pragma once

#include <cstdint>

namespace tlmmu::testing {

/// What a hart is asked to translate.
struct NaiveRequest {
  std::uint64_t address = 0;
  char access = 'r';         ///< 'r', 'w' or 'x'
  char privilege = 'u';      ///< 'u', 's' or 'm', the effective one
  bool guest = false;        ///< V = 1
  bool sum = false;          ///< of vsstatus for a guest, else of sstatus
  bool mxr = false;          ///< likewise
  bool g_stage_mxr = false;  ///< of sstatus while V = 1
};

/// An access to a page table: where in physical memory, and the whole PTE read or written.
struct NaiveAccess {
  bool write;
  std::uint64_t address;
  std::uint64_t value;
};

/// Reach of an address of which no page table says anything.
constexpr std::uint64_t kNaiveBare = ~std::uint64_t{0};

struct NaiveAnswer {
  int cause = 0;                    ///< scause of the exception; 0: translated
  std::uint64_t physical = 0;       ///< where the address is
  std::uint64_t page_bytes = 0;     ///< reach of the translation, or kNaiveBare
  bool has_guest_address = false;   ///< a guest-page fault has one
  std::uint64_t guest_address = 0;  ///< what the G stage does not translate
  int step = 10;                    ///< of the translation process, where it ended
  bool global = false;              ///< the first stage's leaf, or a pointer to it, had G
  std::uint64_t first_stage_bytes = kNaiveBare;
  std::uint64_t g_stage_bytes = kNaiveBare;
  std::uint64_t guest_physical = 0;  ///< what the first stage made of a guest's address
};

/// A fence instruction, with whatever operands it has.
struct NaiveFence {
  char kind = 's';  ///< 's'fence.vma, hfence.'v'vma, hfence.'g'vma
  bool has_address = false;
  std::uint64_t address = 0;
  bool has_space = false;
  std::uint64_t space = 0;  ///< ASID, or VMID
};

}  // namespace tlmmu::testing
