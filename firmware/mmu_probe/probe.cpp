// SPDX-License-Identifier: Apache-2.0
// A bare-metal program that asks the MMU of the machine it runs on. It takes cases from memory,
// makes each one's access, and says on the UART how it ended:
//
//   N ok 0xPHYSICAL                where the access found itself
//   N fault CAUSE 0xTVAL           mcause in decimal
//   N mode                         satp did not take the mode
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
extern "C" Outcome try_fetch(std::uint64_t address, std::uint64_t status);

#define WRITE_CSR(csr, value) asm volatile("csrw " #csr ", %0" : : "r"(value) : "memory")

std::uint64_t read_satp() {
  std::uint64_t satp = 0;
  asm volatile("csrr %0, satp" : "=r"(satp));
  return satp;
}

void fence() {
  asm volatile("sfence.vma" : : : "memory");
}

/// Memory types by page and hardware updates of A and D, where the hart has a switch for them.
void enable_extensions() {
  constexpr std::uint64_t kAdue = std::uint64_t{1} << 61U, kPbmte = std::uint64_t{1} << 62U;
  WRITE_CSR(0x30a, kAdue | kPbmte);  // menvcfg
}

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
  WRITE_CSR(pmpaddr15, kBackground.addr);
  WRITE_CSR(pmpcfg2, kBackground.cfg << 56U);
}

void set_pmp(const Case& asked) {
  static_assert(kMaxPmp == 4, "the registers written below");
  WRITE_CSR(pmpaddr0, asked.pmp[0].addr);
  WRITE_CSR(pmpaddr1, asked.pmp[1].addr);
  WRITE_CSR(pmpaddr2, asked.pmp[2].addr);
  WRITE_CSR(pmpaddr3, asked.pmp[3].addr);
  std::uint64_t cfg = 0;
  for (unsigned i = 0; i < asked.pmps; ++i) cfg |= asked.pmp[i].cfg << 8U * i;
  WRITE_CSR(pmpcfg0, cfg);
}

/// An entry that covers half a word would bind even M, which has to look at that word.
void clear_pmp() {
  WRITE_CSR(pmpcfg0, 0);
  fence();
}

/// The access itself; `found` becomes a physical address.
Outcome access(const Case& asked) {
  Outcome outcome{};
  switch (asked.access) {
    case Access::fetch:
      outcome = try_fetch(asked.address, asked.status);
      break;
    case Access::load:
      outcome = try_load(asked.address, asked.status | kMprv);
      break;
    case Access::store:
      outcome = try_store(asked.address, asked.status | kMprv);
      break;
  }
  if (outcome.cause != kNoTrap) return outcome;
  outcome.found = asked.access == Access::store ? find_store(asked.address)
                                                : address_of_identity(outcome.found);
  return outcome;
}

void report(const Outcome& outcome) {
  if (outcome.cause == kNoTrap) {
    put(" ok");
  } else {
    put(" fault ");
    put_number(outcome.cause, 10);
  }
  put_hex(outcome.found);
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

/// Registers are written only where the case needs it: each write makes the machine forget what it
/// has translated for itself, which is most of the time a run takes.
void run(std::uint64_t number, const Case& asked) {
  put_number(number, 10);
  for (unsigned i = 0; i < asked.words; ++i) word_at(asked.word[i].address) = asked.word[i].value;
  if (asked.pmps != 0) set_pmp(asked);
  WRITE_CSR(satp, asked.satp);
  fence();
  if (read_satp() == asked.satp) {
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
  enable_extensions();
  set_background_pmp();
  fill_window();
  const auto& header = *reinterpret_cast<const Header*>(kCasesBase);
  const auto* cases = reinterpret_cast<const Case*>(kCasesBase + sizeof(Header));
  for (std::uint64_t i = 0; i < header.cases; ++i) run(i, cases[i]);
  put("end\n");
  finish(kPass);
}

}  // namespace tlmmu::mmu_probe
