// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/synthetic_trace.h"

#include <fmt/format.h>

#include "models/base/random.h"

namespace tlmmu {

namespace {

constexpr std::uint64_t kText = 0x40'0000;
constexpr std::uint64_t kData = 0x1000'0000;
constexpr std::uint64_t kPage = 4096;

void append_word(std::string& bytes, std::uint64_t word) {
  for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(word >> (8 * i));
}

}  // namespace

std::string lackey_text(const SyntheticTrace& trace) {
  Random random(trace.seed);
  std::string text;
  std::uint64_t code = kText;
  for (std::uint64_t i = 0; i < trace.accesses; ++i) {
    // straight on for some instructions, then somewhere else
    code = i % 16 == 0 ? kText + random.below(trace.text_pages * kPage / 64) * 64 : code + 4;
    text += fmt::format("I  {:08x},4\n", code);
    const std::uint64_t hot = random.below(3) == 0 ? trace.data_pages : trace.data_pages / 8 + 1;
    const std::uint64_t address = kData + random.below(hot) * kPage + random.below(kPage / 8) * 8;
    text += fmt::format(" {} {:08x},8\n", random.below(3) == 0 ? 'S' : 'L', address);
  }
  return text;
}

std::string page_sweep(std::uint64_t pages, std::uint64_t rounds) {
  std::string text;
  for (std::uint64_t page = 0; page < pages; ++page) {
    text += fmt::format("I  {:08x},4\n S {:08x},8\n", kText, kData + page * kPage);
  }
  for (std::uint64_t i = 0; i < rounds * pages; ++i) {
    text += fmt::format("I  {:08x},4\n L {:08x},8\n", kText, kData + i % pages * kPage);
  }
  return text;
}

std::string wide_sweep(std::uint64_t accesses) {
  Random random(1);
  std::string text;
  for (std::uint64_t i = 0; i < accesses; ++i) {
    const std::uint64_t address = (random.below(12) << 39U) + (random.below(12) << 30U);
    text += fmt::format("I  {:08x},4\n L {:x},8\n", kText, kData + address);
  }
  return text;
}

std::string champsim_bytes(const ChampsimRecord& record) {
  std::string bytes;
  append_word(bytes, record.ip);
  bytes.append(8, '\0');  // branch flags and registers
  append_word(bytes, record.store);
  append_word(bytes, 0);
  append_word(bytes, record.load);
  for (int i = 0; i < 3; ++i) append_word(bytes, 0);
  return bytes;
}

}  // namespace tlmmu
