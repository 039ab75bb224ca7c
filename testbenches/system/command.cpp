// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/command.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tlmmu {

namespace {

constexpr int kTimeLimitSeconds = 100;

std::string quoted(const std::string& word) {
  std::string result = "'";
  for (const char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// AddressSanitizer warns, in three lines, of an exception on the stack of a SystemC coroutine,
/// where it cannot tell the stack's end. That is no finding; everything else it says stays.
std::string without_coroutine_warning(std::string text) {
#ifdef __SANITIZE_ADDRESS__
  const std::string last = "sanitizers/issues/189\n";
  const auto warning = text.find("WARNING: ASan is ignoring requested __asan_handle_no_return");
  const auto end = text.find(last);
  if (warning == std::string::npos || end == std::string::npos) return text;
  const auto newline = text.rfind('\n', warning);
  const auto begin = newline == std::string::npos ? 0 : newline + 1;
  text.erase(begin, end + last.size() - begin);
#endif
  return text;
}

int exit_code_of(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

std::string Workplace::file(const std::string& name, const std::string& content) const {
  std::ofstream(path(name), std::ios::binary) << content;
  return path(name);
}

std::string Workplace::read(const std::string& name) const {
  return slurp(path(name));
}

CommandResult Workplace::tlmmu(const std::vector<std::string>& words,
                               const std::string& shell_tail) const {
  return program(TLMMU_COMMAND, words, shell_tail);
}

CommandResult Workplace::program(const std::string& path, const std::vector<std::string>& words,
                                 const std::string& shell_tail) const {
  std::string line = path;
  for (const std::string& word : words) line += " " + quoted(word);
  return shell(line + " " + shell_tail);
}

CommandResult Workplace::shell(const std::string& line) const {
  const std::string script = fmt::format("cd {} && timeout {} sh -c {} > stdout.txt 2> stderr.txt",
                                         quoted(folder_.path()), kTimeLimitSeconds, quoted(line));
  CommandResult result;
  result.exit_code = exit_code_of(std::system(script.c_str()));  // NOLINT: a test of a command
  result.out = read("stdout.txt");
  result.err = without_coroutine_warning(read("stderr.txt"));
  std::filesystem::remove(path("stdout.txt"));
  std::filesystem::remove(path("stderr.txt"));
  return result;
}

std::string source_path(const std::string& relative) {
  return std::string(TLMMU_SOURCE_DIR) + "/" + relative;
}

}  // namespace tlmmu
