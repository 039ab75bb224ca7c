// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "models/base/enum_names.h"
#include "models/config/visitor.h"

namespace tlmmu {

/// When the controller closes a row that nobody asks it to close.
enum class RowPolicy : std::uint8_t { open, closed, timeout };
constexpr EnumName<RowPolicy> kRowPolicyNames[] = {
    {RowPolicy::open, "open"},
    {RowPolicy::closed, "closed"},
    {RowPolicy::timeout, "timeout"},
};

/// Section [memory_controller].
struct MemoryControllerConfig {
  std::string address_mapping = "row rank bank column bank_group channel offset";
  RowPolicy row_policy = RowPolicy::open;
  Picoseconds row_timeout = nanoseconds(200);
  Picoseconds frontend_latency = nanoseconds(10);
  std::uint64_t write_queue = 32;

  void describe(config::Visitor& v);
};

/// How long a row stays open after its last use, in cycles of `tCK`; no value: until it must close.
std::optional<Cycles> row_idle_limit(const MemoryControllerConfig& config, Picoseconds tCK);

}  // namespace tlmmu
