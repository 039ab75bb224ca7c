// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "testbenches/support/temporary_folder.h"

namespace tlmmu {

/// What a run of the tlmmu command left behind.
struct CommandResult {
  int exit_code = 0;  ///< 128 + signal number after a signal, 124 after the time limit
  std::string out;
  std::string err;
};

/// A folder of its own for one test, gone with it.
class Workplace {
 public:
  std::string path(const std::string& name) const { return folder_.file(name); }
  /// Writes a file and returns its path.
  std::string file(const std::string& name, const std::string& content) const;
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const { return folder_.has(name); }

  /// Runs the built tlmmu here, with a time limit; `shell_tail` is appended as it is, for
  /// redirections.
  CommandResult tlmmu(const std::vector<std::string>& words,
                      const std::string& shell_tail = "") const;
  /// The same of another program.
  CommandResult program(const std::string& path, const std::vector<std::string>& words,
                        const std::string& shell_tail = "") const;
  CommandResult shell(const std::string& line) const;

 private:
  TemporaryFolder folder_;
};

/// The project's folder, for configurations and sample traces.
std::string source_path(const std::string& relative);

}  // namespace tlmmu
