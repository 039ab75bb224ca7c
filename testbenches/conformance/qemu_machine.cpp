// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/qemu_machine.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "models/base/error.h"
#include "testbenches/support/temporary_folder.h"

namespace tlmmu::testing {

namespace {

using mmu_probe::Case;
using mmu_probe::Header;

constexpr int kTimeLimitSeconds = 60;

void write_cases(const std::string& path, const std::vector<Case>& cases) {
  std::ofstream file(path, std::ios::binary);
  const Header header{cases.size()};
  file.write(reinterpret_cast<const char*>(&header), sizeof header);
  file.write(reinterpret_cast<const char*>(cases.data()),
             static_cast<std::streamsize>(cases.size() * sizeof(Case)));
}

std::string slurp(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// The lines of `text` up to `end`, without their numbers, which must count from 0.
std::vector<std::string> numbered_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line) && line != "end";) {
    const std::string number = std::to_string(lines.size()) + " ";
    if (line.compare(0, number.size(), number) != 0) {
      throw HostError(fmt::format("the MMU probe said '{}' where case {}was next", line, number));
    }
    lines.push_back(line.substr(number.size()));
  }
  return lines;
}

}  // namespace

std::string why_no_qemu() {
  if (std::string(TLMMU_QEMU_RISCV64).empty()) {
    return "no qemu-system-riscv64 (package qemu-system-misc)";
  }
  if (std::string(TLMMU_MMU_PROBE).empty()) {
    return "no RV64 cross compiler for the probe (package g++-riscv64-linux-gnu)";
  }
  return "";
}

std::vector<std::string> ask_qemu(const std::string& cpu, const std::vector<Case>& cases) {
  const TemporaryFolder folder;
  write_cases(folder.file("cases"), cases);
  const std::string command = fmt::format(
      "cd '{}' && timeout {} '{}' -machine virt -cpu '{}' -m {}M -bios none -display none "
      "-monitor none -serial file:answers -kernel '{}' "
      "-device loader,file=cases,addr={:#x},force-raw=on 2> messages",
      folder.path(), kTimeLimitSeconds, TLMMU_QEMU_RISCV64, cpu, mmu_probe::kRamBytes >> 20U,
      TLMMU_MMU_PROBE, mmu_probe::kCasesBase);
  const int status = std::system(command.c_str());  // NOLINT: the test is of a command
  const std::string answers = slurp(folder.file("answers"));
  if (status != 0) {
    throw HostError(fmt::format("QEMU ended with status {}: {}{}", status,
                                slurp(folder.file("messages")),
                                answers.substr(answers.size() > 200 ? answers.size() - 200 : 0)));
  }
  return numbered_lines(answers);
}

}  // namespace tlmmu::testing
