// SPDX-License-Identifier: Apache-2.0
#include "models/app/expectations.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/base/error.h"
#include "models/config/closest_name.h"
#include "models/kernel/kernel_stats.h"

namespace tlmmu {

namespace {

using scenario::Comparison;
using scenario::Expectation;
using scenario::KilledExpectation;
using scenario::Scenario;
using scenario::StatisticExpectation;

constexpr const char* kProcessPrefix = "kernel.process_";

[[noreturn]] void fail(const Scenario& scenario, const Expectation& expectation,
                       const std::string& message) {
  throw InputError(fmt::format("{}:{}:{}: {}", scenario.name, expectation.place.line,
                               expectation.place.column, message));
}

/// For "kernel.process_12.resident" "resident"; empty for what is no statistic of a process.
std::string statistic_of_process(const std::string& path) {
  const std::string prefix = kProcessPrefix;
  if (path.rfind(prefix, 0) != 0) return {};
  const auto dot = path.find('.', prefix.size());
  const auto digits = path.substr(prefix.size(), dot - prefix.size());
  const bool is_number = !digits.empty() && digits.find_first_not_of("0123456789") == digits.npos;
  return dot == std::string::npos || !is_number ? std::string() : path.substr(dot + 1);
}

/// Holds names of statistics against what there is, or what processes that come later will have.
class NameCheck {
 public:
  NameCheck(const Scenario& scenario, const stats::Snapshot& before)
      : scenario_(scenario), before_(before), process_(ProcessStats()) {}

  void check(const Expectation& expectation) const {
    if (const auto* killed = std::get_if<KilledExpectation>(&expectation.what)) {
      if (find_name(killed->reason)) return;
      fail(scenario_, expectation, fmt::format("\"{}\" is no reason", killed->reason) + reasons());
    }
    const auto& wanted = std::get<StatisticExpectation>(expectation.what);
    check_statistic(expectation, wanted.statistic);
    if (const auto* other = std::get_if<std::string>(&wanted.value)) {
      check_statistic(expectation, *other);
    }
  }

 private:
  static bool find_name(const std::string& reason) {
    return std::any_of(std::begin(kKillReasonNames), std::end(kKillReasonNames),
                       [&](const auto& known) { return reason == known.name; });
  }
  static std::string reasons() {
    std::string text = " to kill a process; the kernel knows";
    for (const auto& known : kKillReasonNames) text += fmt::format(" {}", known.name);
    return text;
  }

  void check_statistic(const Expectation& expectation, const std::string& name) const {
    const std::string of_process = statistic_of_process(name);
    const bool later = of_process.empty() ? false : process_.has(of_process);
    if (!later && !before_.has(name)) {
      config::ClosestName closest(name);
      for (const stats::Entry& entry : before_.entries()) closest.offer(entry.path);
      fail(scenario_, expectation,
           fmt::format("there is no statistic \"{}\"", name) + closest.question());
    }
    const stats::Kind kind = later ? process_.at(of_process).kind : before_.at(name).kind;
    if (kind == stats::Kind::counter || kind == stats::Kind::time) return;
    fail(scenario_, expectation, fmt::format("\"{}\" is not a single number", name));
  }

  const Scenario& scenario_;
  const stats::Snapshot& before_;
  const stats::Snapshot process_;
};

bool holds(std::uint64_t left, Comparison comparison, std::uint64_t right) {
  switch (comparison) {
    case Comparison::equal:
      return left == right;
    case Comparison::not_equal:
      return left != right;
    case Comparison::less:
      return left < right;
    case Comparison::at_most:
      return left <= right;
    case Comparison::greater:
      return left > right;
    case Comparison::at_least:
      break;
  }
  return left >= right;
}

/// What an expectation is judged by.
struct Judge {
  const Scenario& scenario;
  const stats::Snapshot& after;
  const std::vector<NamedKill>& kills;

  std::uint64_t value(const Expectation& expectation, const std::string& name) const {
    if (!after.has(name)) {
      fail(scenario, expectation, fmt::format("there is no statistic \"{}\" in this run", name));
    }
    return after.value(name);
  }

  /// What is wrong; empty if nothing is.
  std::string problem(const Expectation& expectation, const StatisticExpectation& wanted) const {
    const std::uint64_t left = value(expectation, wanted.statistic);
    const auto* other = std::get_if<std::string>(&wanted.value);
    const std::uint64_t right =
        other != nullptr ? value(expectation, *other) : std::get<std::uint64_t>(wanted.value);
    if (holds(left, wanted.comparison, right)) return {};
    const std::string name =
        other != nullptr ? fmt::format("{} = {}", *other, right) : fmt::format("{}", right);
    return fmt::format("expected {} {} {}, found {}", wanted.statistic,
                       name_in(scenario::kComparisonNames, wanted.comparison), name, left);
  }

  std::string problem(const Expectation& /*expectation*/, const KilledExpectation& wanted) const {
    std::string found;
    for (const NamedKill& kill : kills) {
      if (kill.process != wanted.process) continue;
      if (kill.reason == wanted.reason) return {};
      found = kill.reason;
    }
    return fmt::format("expected {} to be killed for {}, found {}", wanted.process, wanted.reason,
                       found.empty() ? "that it was not killed" : found);
  }
};

}  // namespace

void check_expectations(const Scenario& scenario, const stats::Snapshot& before) {
  const NameCheck names(scenario, before);
  for (const Expectation& expectation : scenario.expectations) names.check(expectation);
}

std::vector<std::string> failed_expectations(const Scenario& scenario, const stats::Snapshot& after,
                                             const std::vector<NamedKill>& kills) {
  const Judge judge{scenario, after, kills};
  std::vector<std::string> failed;
  for (const Expectation& expectation : scenario.expectations) {
    const std::string problem = std::visit(
        [&](const auto& wanted) { return judge.problem(expectation, wanted); }, expectation.what);
    if (problem.empty()) continue;
    failed.push_back(fmt::format("{}:{}:{}: {}", scenario.name, expectation.place.line,
                                 expectation.place.column, problem));
  }
  return failed;
}

}  // namespace tlmmu
