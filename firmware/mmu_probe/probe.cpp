// SPDX-License-Identifier: Apache-2.0
// A bare-metal program that asks the MMU of the machine it runs on. It takes cases from memory,
// makes each one's access, and says on the UART how it ended:
//
//   N ok 0xPHYSICAL                where the access found itself
//   N fault CAUSE 0xTVAL           mcause in decimal
//   N fault CAUSE 0xTVAL gpa 0xADDRESS   a guest-page fault, with what mtval2 says
//   N mode                         a register did not take the mode
//   ... wr 0xADDRESS 0xVALUE ...   appended: words of the case that have changed
//
// and `end` after the last. The machine is QEMU's virt: UART, test finisher, RAM.
#include "firmware/mmu_probe/probe_case.h"

namespace tlmmu::mmu_probe {
namespace {

volatile std::uint64_t& word_at(std::uint64_t address) {
  return *reinterpret_cast<volatile std::uint64_t*>(address);
}

void put(char c) {
  constexpr std::uint64_t kUart = 0x1000'0000, kLineStatus = kUart + 5;
  constexpr unsigned kTransmitterEmpty = 1U << 5U;
  while ((*reinterpret_cast<volatile std::uint8_t*>(kLineStatus) & kTransmitterEmpty) == 0) {
  }
  *reinterpret_cast<volatile std::uint8_t*>(kUart) = static_cast<std::uint8_t>(c);
}

void put(const char* text) {
  for (; *text != 0; ++text) put(*text);
}

void put_number(std::uint64_t n, unsigned base) {
  char digits[20];
  unsigned count = 0;
  do {
    digits[count] = "0123456789abcdef"[n % base];
    ++count;
    n /= base;
  } while (n != 0);
  while (count != 0) put(digits[--count]);
}

void put_hex(std::uint64_t n) {
  put(" 0x");
  put_number(n, 16);
}

/// Powers the machine off, with an exit code of its own after a failure.
void finish(std::uint32_t code) {
  constexpr std::uint64_t kTestFinisher = 0x10'0000;
  *reinterpret_cast<volatile std::uint32_t*>(kTestFinisher) = code;
  for (;;) {
  }
}
constexpr std::uint32_t kPass = 0x5555, kFail = 0x1'3333;

struct Outcome {
  std::uint64_t cause;
  std::uint64_t found;
};
constexpr std::uint64_t kNoTrap = ~std::uint64_t{0};

extern "C" Outcome try_load(std::uint64_t address, std::uint64_t status);
extern "C" Outcome try_store(std::uint64_t address, std::uint64_t status);
extern "C" Outcome try_guest_load(std::uint64_t address);
extern "C" Outcome try_guest_store(std::uint64_t address);
extern "C" Outcome try_fetch(std::uint64_t address, std::uint64_t status);

// By number: not every assembler knows the names of all of them.
constexpr unsigned kMstatus = 0x300, kHstatus = 0x600, kSatp = 0x180, kVsstatus = 0x200,
                   kVsatp = 0x280, kMenvcfg = 0x30a, kMtval2 = 0x34b, kPmpcfg0 = 0x3a0,
                   kPmpcfg2 = 0x3a2, kPmpaddr0 = 0x3b0, kPmpaddr15 = 0x3bf, kHenvcfg = 0x60a,
                   kHgatp = 0x680;

template <unsigned Csr>
void write_csr(std::uint64_t value) {
  asm volatile("csrw %0, %1" : : "i"(Csr), "r"(value) : "memory");
}

template <unsigned Csr>
std::uint64_t read_csr() {
  std::uint64_t value = 0;
  asm volatile("csrr %0, %1" : "=r"(value) : "i"(Csr));
  return value;
}

void fence() {
  asm volatile("sfence.vma" : : : "memory");
}

void fence_guest() {
  asm volatile(".word 0x22000073" : : : "memory");  // hfence.vvma
  asm volatile(".word 0x62000073" : : : "memory");  // hfence.gvma
}

/// Of menvcfg and henvcfg: hardware updates of A and D (ADUE), and memory types by page (PBMTE),
/// where the hart has a switch for them.
constexpr std::uint64_t kEnvironment = std::uint64_t{3} << 61U;

void fill_window() {
  for (std::uint64_t at = kWindowBase; at < kWindowBase + kWindowBytes; at += 8) {
    word_at(at) = identity_word(at);
  }
}

/// The word of the window that lost its identity to a store, which it gets back.
std::uint64_t find_store(std::uint64_t offset) {
  constexpr std::uint64_t kPage = 0x1000;
  for (std::uint64_t at = kWindowBase + offset % kPage; at < kWindowBase + kWindowBytes;
       at += kPage) {
    if (word_at(at) == identity_word(at)) continue;
    word_at(at) = identity_word(at);
    return at;
  }
  return 0;
}

/// What no entry of a case matches is allowed.
void set_background_pmp() {
  static_assert(kBackgroundEntry == 15, "the registers written below");
  write_csr<kPmpaddr15>(kBackground.addr);
  write_csr<kPmpcfg2>(kBackground.cfg << 56U);
}

void set_pmp(const Case& asked) {
  static_assert(kMaxPmp == 4, "the registers written below");
  write_csr<kPmpaddr0>(asked.pmp[0].addr);
  write_csr<kPmpaddr0 + 1>(asked.pmp[1].addr);
  write_csr<kPmpaddr0 + 2>(asked.pmp[2].addr);
  write_csr<kPmpaddr0 + 3>(asked.pmp[3].addr);
  std::uint64_t cfg = 0;
  for (unsigned i = 0; i < asked.pmps; ++i) cfg |= asked.pmp[i].cfg << 8U * i;
  write_csr<kPmpcfg0>(cfg);
}

/// An entry that covers half a word would bind even M, which has to look at that word.
void clear_pmp() {
  write_csr<kPmpcfg0>(0);
  fence();
}

/// The access itself; `found` becomes a physical address.
Outcome access(const Case& asked) {
  const bool guest = (asked.status & kMpv) != 0;
  Outcome outcome{};
  switch (asked.access) {
    case Access::fetch:
      outcome = try_fetch(asked.address, asked.status);
      break;
    case Access::load:
      outcome =
          guest ? try_guest_load(asked.address) : try_load(asked.address, asked.status | kMprv);
      break;
    case Access::store:
      outcome =
          guest ? try_guest_store(asked.address) : try_store(asked.address, asked.status | kMprv);
      break;
  }
  if (outcome.cause != kNoTrap) return outcome;
  outcome.found = asked.access == Access::store ? find_store(asked.address)
                                                : address_of_identity(outcome.found);
  return outcome;
}

void report(const Outcome& outcome) {
  constexpr std::uint64_t kFirstGuestPageFault = 20;
  if (outcome.cause == kNoTrap) {
    put(" ok");
  } else {
    put(" fault ");
    put_number(outcome.cause, 10);
  }
  put_hex(outcome.found);
  if (outcome.cause != kNoTrap && outcome.cause >= kFirstGuestPageFault) {
    put(" gpa");
    put_hex(read_csr<kMtval2>() << 2U);
  }
}

/// What the MMU did to the words; they become zero again.
void report_updates(const Case& asked) {
  for (unsigned i = 0; i < asked.words; ++i) {
    const Word& word = asked.word[i];
    const std::uint64_t now = word_at(word.address);
    if (now != word.value) {
      put(" wr");
      put_hex(word.address);
      put_hex(now);
    }
  }
  for (unsigned i = 0; i < asked.words; ++i) word_at(asked.word[i].address) = 0;
}

/// Sets up the registers that say where page tables are; false if one did not take its mode.
bool set_spaces(const Case& asked) {
  write_csr<kSatp>(asked.satp);
  fence();
  if (read_csr<kSatp>() != asked.satp) return false;
  if ((asked.status & kMpv) == 0) return true;
  write_csr<kHenvcfg>(kEnvironment);
  write_csr<kVsatp>(asked.vsatp);
  write_csr<kHgatp>(asked.hgatp);
  constexpr unsigned kSpvpLow = 8;
  write_csr<kHstatus>((asked.status >> kMppLow & 1U) << kSpvpLow);
  write_csr<kVsstatus>(asked.status & (kSum | kMxr));
  write_csr<kMstatus>(asked.status);
  fence_guest();
  return read_csr<kVsatp>() == asked.vsatp && read_csr<kHgatp>() == asked.hgatp;
}

/// Registers are written only where the case needs it: each write makes the machine forget what it
/// has translated for itself, which is most of the time a run takes.
void run(std::uint64_t number, const Case& asked) {
  put_number(number, 10);
  for (unsigned i = 0; i < asked.words; ++i) word_at(asked.word[i].address) = asked.word[i].value;
  if (asked.pmps != 0) set_pmp(asked);
  if (set_spaces(asked)) {
    report(access(asked));
  } else {
    put(" mode");
  }
  if (asked.pmps != 0) clear_pmp();
  report_updates(asked);
  put("\n");
}

}  // namespace

extern "C" void probe_failed(std::uint64_t cause, std::uint64_t pc, std::uint64_t value) {
  put("\nprobe failed:");
  put_hex(cause);
  put_hex(pc);
  put_hex(value);
  put("\n");
  finish(kFail);
}

extern "C" void probe_main() {
  write_csr<kMenvcfg>(kEnvironment);
  set_background_pmp();
  fill_window();
  const auto& header = *reinterpret_cast<const Header*>(kCasesBase);
  const auto* cases = reinterpret_cast<const Case*>(kCasesBase + sizeof(Header));
  for (std::uint64_t i = 0; i < header.cases; ++i) run(i, cases[i]);
  put("end\n");
  finish(kPass);
}

}  // namespace tlmmu::mmu_probe
