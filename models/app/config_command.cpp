// SPDX-License-Identifier: Apache-2.0
#include "models/app/config_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/app/results_json.h"
#include "models/base/error.h"
#include "models/config/listing.h"
#include "models/platform/platform.h"
#include "models/stats/json.h"
#include "models/workload/vector_source.h"

namespace tlmmu {

namespace {

using Json = nlohmann::ordered_json;

Json keys_json(const config::Listing& listing) {
  Json keys = Json::array();
  for (const auto& key : listing.keys()) {
    keys.push_back({{"key", key.path()},
                    {"type", key.type},
                    {"value", key.value},
                    {"allowed", key.allowed},
                    {"condition", key.condition},
                    {"active", key.active},
                    {"help", key.help}});
  }
  return keys;
}

std::string config_table(const config::Listing& listing, const std::string& section) {
  const auto& sections = listing.sections();
  const bool known = std::any_of(sections.begin(), sections.end(),
                                 [&](const auto& candidate) { return candidate.path == section; });
  if (!known) throw InputError(fmt::format("--table {}: no such section", section));
  return config::to_markdown(listing, section);
}

/// The statistics of a machine that has not run yet: names, units and meanings are all there.
class IdleMachine {
 public:
  explicit IdleMachine(const MachineConfig& machine)
      : platform_("machine", machine, {{&nothing_}}), snapshot_(platform_) {}
  const stats::Snapshot& snapshot() const { return snapshot_; }

 private:
  VectorSource nothing_{{}};
  Platform platform_;
  stats::Snapshot snapshot_;
};

std::string stats_table(const MachineConfig& machine, const std::string& group) {
  const IdleMachine idle(machine);
  const stats::Snapshot& snapshot = idle.snapshot();
  const auto& groups = snapshot.groups();
  const bool known = std::any_of(groups.begin(), groups.end(),
                                 [&](const auto& candidate) { return candidate.path == group; });
  if (!known) throw InputError(fmt::format("--stats-table {}: no such group", group));
  return stats::to_markdown(snapshot, group);
}

}  // namespace

void run_config(const ConfigOptions& options) {
  using Action = ConfigOptions::Action;
  ConfigurationOptions configuration = options.configuration;
  if (options.action == Action::check) configuration.file = options.argument;
  const MachineConfig machine = load_machine(configuration);
  const config::Listing listing(machine);
  switch (options.action) {
    case Action::print:
      fmt::print("{}", config::to_toml(listing));
      break;
    case Action::schema:
      fmt::print("{}", config::to_json_schema(listing));
      break;
    case Action::results_schema:
      fmt::print("{}", results_json_schema(IdleMachine(machine).snapshot()));
      break;
    case Action::check:
      break;
    case Action::keys:
      fmt::print("{}\n", keys_json(listing).dump(1));
      break;
    case Action::docs_table:
      fmt::print("{}", config_table(listing, options.argument));
      break;
    case Action::stats_table:
      fmt::print("{}", stats_table(machine, options.argument));
      break;
  }
}

}  // namespace tlmmu
