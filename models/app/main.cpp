// SPDX-License-Identifier: Apache-2.0
// The tlmmu command. Exit codes: 0 success, 1 a mismatch or a broken law, 2 bad input, 3 the host
// failed.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <systemc>

#include "models/app/analyze_command.h"
#include "models/app/command_line.h"
#include "models/app/config_command.h"
#include "models/app/cosim_command.h"
#include "models/app/mismatch_report.h"
#include "models/app/run_command.h"
#include "models/app/shell_word.h"
#include "models/app/walk_command.h"
#include "models/base/error.h"

namespace tlmmu {

namespace {

enum class ExitCode : int { success = 0, model_failed = 1, bad_input = 2, host_failed = 3 };

/// One line for each line of `message`, each named as ours.
int complain(const std::string& message, ExitCode code) {
  std::size_t from = 0;
  while (from <= message.size()) {
    const std::size_t end = std::min(message.find('\n', from), message.size());
    fmt::print(stderr, "tlmmu: {}\n", message.substr(from, end - from));
    from = end + 1;
  }
  return static_cast<int>(code);
}

int execute(const RunOptions& options) {
  return static_cast<int>(run(options) == RunResult::good ? ExitCode::success
                                                          : ExitCode::model_failed);
}

int execute(const ConfigOptions& options) {
  run_config(options);
  return static_cast<int>(ExitCode::success);
}

int execute(const AnalyzeOptions& options) {
  analyze(options);
  return static_cast<int>(ExitCode::success);
}

int execute(const WalkOptions& options) {
  run_walk(options);
  return static_cast<int>(ExitCode::success);
}

int execute(const CosimOptions& options) {
  return static_cast<int>(run_cosim(options) == CosimResult::agrees ? ExitCode::success
                                                                    : ExitCode::model_failed);
}

int execute(const ShowText& show) {
  fmt::print("{}", show.text);
  return static_cast<int>(ExitCode::success);
}

/// What was printed has to arrive: a full disk behind standard output is an error too.
int flushed(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  return complain("standard output cannot be written", ExitCode::host_failed);
}

/// The command as a shell reads it.
std::string command_text(int argc, const char* const* argv) {
  std::string text = "tlmmu";
  for (int i = 1; i < argc; ++i) text += " " + shell_word(argv[i]);
  return text;
}

/// Hardware and model differ, whatever becomes of the files about it.
int complain(const cosim::MachineMismatch& mismatch, const std::string& command) {
  try {
    report_mismatch(mismatch, command);
  } catch (const std::exception& error) {
    complain(error.what(), ExitCode::model_failed);
  }
  return static_cast<int>(ExitCode::model_failed);
}

int guarded(int argc, const char* const* argv) {
  try {
    const Command command = parse_command_line(argc, argv);
    return flushed(std::visit([](const auto& options) { return execute(options); }, command));
  } catch (const InputError& error) {
    return complain(error.what(), ExitCode::bad_input);
  } catch (const HostError& error) {
    return complain(error.what(), ExitCode::host_failed);
  } catch (const std::bad_alloc&) {
    return complain("out of memory", ExitCode::host_failed);
  } catch (const sc_core::sc_report& report) {
    return complain(fmt::format("{}: {}", report.get_msg_type(), report.get_msg()),
                    ExitCode::model_failed);
  } catch (const cosim::MachineMismatch& mismatch) {
    return complain(mismatch, command_text(argc, argv));
  } catch (const std::exception& error) {
    return complain(error.what(), ExitCode::model_failed);
  }
}

}  // namespace

}  // namespace tlmmu

int sc_main(int argc, char** argv) {
  sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_THROW);
  sc_core::sc_report_handler::set_actions(sc_core::SC_INFO, sc_core::SC_DO_NOTHING);
  return tlmmu::guarded(argc, argv);
}

int main(int argc, char** argv) {
  // SystemC greets on standard output before sc_main; a command's output belongs to its user.
  ::setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 0);
  return sc_core::sc_elab_and_sim(argc, argv);
}
