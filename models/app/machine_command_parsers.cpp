// SPDX-License-Identifier: Apache-2.0
#include "models/app/command_parsers.h"

#include "models/app/option_values.h"
#include "models/base/error.h"

namespace tlmmu {

void add_configuration(CLI::App& command, ConfigurationOptions& options) {
  command.add_option("--config", options.file, "machine description in TOML")->type_name("FILE");
  command
      .add_option("--set", options.sets, "set one key, e.g. mmu.l2_tlb.entries=2048; repeatable")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
}

ConfigParser::ConfigParser(CLI::App& app)
    : command_(app.add_subcommand("config", "show or check machine descriptions")) {
  add_configuration(*command_, options_.configuration);
  auto* what = command_->add_option_group("what", "exactly one of");
  what->add_flag("--print", print_, "print the complete configuration as TOML");
  what->add_flag("--schema", schema_, "print its JSON Schema");
  what->add_flag("--results-schema", results_schema_,
                 "print the JSON Schema of what --stats writes");
  what->add_option("--check", check_, "check a file and say nothing if it is good")
      ->type_name("FILE");
  what->add_flag("--keys", keys_, "print every key, its value, and what it depends on, as JSON");
  what->add_option("--table", docs_table_, "print a section's keys as a Markdown table")
      ->type_name("SECTION");
  what->add_option("--stats-table", stats_table_, "print a group's statistics as a Markdown table")
      ->type_name("GROUP");
  what->require_option(1);
}

ConfigOptions ConfigParser::options() {
  using Action = ConfigOptions::Action;
  if (schema_) options_.action = Action::schema;
  if (results_schema_) options_.action = Action::results_schema;
  if (keys_) options_.action = Action::keys;
  if (!check_.empty()) set_action(Action::check, check_);
  if (!docs_table_.empty()) set_action(Action::docs_table, docs_table_);
  if (!stats_table_.empty()) set_action(Action::stats_table, stats_table_);
  return options_;
}

void ConfigParser::set_action(ConfigOptions::Action action, const std::string& argument) {
  options_.action = action;
  options_.argument = argument;
}

WalkParser::WalkParser(CLI::App& app)
    : command_(app.add_subcommand("walk", "answer the translations that a walk case asks for")) {
  command_->add_option("case", options_.file, "walk case; '-' is standard input")
      ->type_name("CASE")
      ->required();
  command_->add_flag("--pmp-final", pmp_final_,
                     "let PMP judge the translated address too, not only those of PTEs");
  auto* warm = command_->add_flag("--warm", warm_,
                                  "keep TLBs and walk caches of the machine between requests");
  add_configuration(*command_, options_.configuration);
  for (const char* name : {"--config", "--set"}) command_->get_option(name)->needs(warm);
  command_->add_flag("-v,--verbose", verbose_,
                     "append tval, a guest-page fault's address, and each access to a PTE");
}

WalkOptions WalkParser::options() {
  if (pmp_final_) options_.final_pmp = reference::FinalPmp::checked;
  if (warm_) options_.start = WalkStart::warm;
  if (verbose_) options_.detail = reference::Detail::accesses;
  return options_;
}

CosimParser::CosimParser(CLI::App& app)
    : command_(
          app.add_subcommand("cosim", "hold page-table walkers in hardware against the model")) {
  command_->add_option("--walker", options_.walker, "only this one; default: each that there is")
      ->type_name("NAME");
  add_configuration(*command_, options_.configuration);
  auto* count =
      command_->add_option("--walks", walks_, "random walks of each walker; default 100k");
  count->type_name("COUNT");
  command_->add_option("--seed", options_.seed, "another seed makes other walks; default 1")
      ->type_name("NUMBER");
  command_
      ->add_option("--memory-latency", memory_latency_,
                   "cycles of memory, at random; default the machine's, without one 1..40")
      ->type_name("A..B");
  command_
      ->add_option("--wave-on-mismatch", options_.waves,
                   "write model and hardware around a mismatch for GTKWave, FST")
      ->type_name("FILE");
  command_
      ->add_option("--coverage", options_.coverage,
                   "write what of the one walker ran, for verilator_coverage")
      ->type_name("FILE");
  command_
      ->add_option("--case", options_.case_file, "do a walk case instead; '-' is standard input")
      ->type_name("CASE")
      ->excludes(count);
  command_->add_flag("--quiet", options_.quiet, "no progress");
}

CosimOptions CosimParser::options() {
  if (command_->count("--walks") != 0) options_.walks = parse_count_option("--walks", walks_);
  if (command_->count("--memory-latency") != 0) {
    options_.memory_latency = parse_latency(memory_latency_);
  }
  if (options_.case_file && options_.configuration.is_given()) {
    throw InputError("--case: a walk case is a machine of its own, without --config and --set");
  }
  return options_;
}

}  // namespace tlmmu
