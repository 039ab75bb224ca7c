// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include "models/app/command_line.h"

namespace tlmmu {

// One parser for each command: adds the command with its options to `app`, and gives the options
// after the command line was parsed, if parsed() says that this is the command. options() throws
// InputError for what only tlmmu can judge.

/// --config and --set.
void add_configuration(CLI::App& command, ConfigurationOptions& options);

class RunParser {
 public:
  explicit RunParser(CLI::App& app);
  bool parsed() const { return command_->parsed(); }
  RunOptions options();

 private:
  CLI::App* command_;
  RunOptions options_;
  std::string limit_;
  std::string interval_;
};

class AnalyzeParser {
 public:
  explicit AnalyzeParser(CLI::App& app);
  bool parsed() const { return command_->parsed(); }
  AnalyzeOptions options();

 private:
  CLI::App* command_;
  AnalyzeOptions options_;
  std::string page_size_;
  std::string frames_;
  std::string limit_;
};

class ConfigParser {
 public:
  explicit ConfigParser(CLI::App& app);
  bool parsed() const { return command_->parsed(); }
  ConfigOptions options();

 private:
  void set_action(ConfigOptions::Action action, const std::string& argument);

  CLI::App* command_;
  ConfigOptions options_;
  bool print_ = false;
  bool schema_ = false;
  bool results_schema_ = false;
  bool keys_ = false;
  std::string check_;
  std::string docs_table_;
  std::string stats_table_;
};

class WalkParser {
 public:
  explicit WalkParser(CLI::App& app);
  bool parsed() const { return command_->parsed(); }
  WalkOptions options();

 private:
  CLI::App* command_;
  WalkOptions options_;
  bool pmp_final_ = false;
  bool warm_ = false;
  bool verbose_ = false;
};

class CosimParser {
 public:
  explicit CosimParser(CLI::App& app);
  bool parsed() const { return command_->parsed(); }
  CosimOptions options();

 private:
  CLI::App* command_;
  CosimOptions options_;
  std::string walks_;
  std::string memory_latency_;
};

}  // namespace tlmmu
