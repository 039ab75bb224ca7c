// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/memory_controller_config.h"

#include "models/base/bits.h"

namespace tlmmu {

void MemoryControllerConfig::describe(config::Visitor& v) {
  v.text({"address_mapping",
          "fields of an address, most significant first: row, rank, bank_group, bank, column, "
          "channel, offset; `field:bits` to split one, else it takes the bits that are left of it"},
         address_mapping);
  v.choice({"row_policy",
            "close a row when it must (open), as soon as nobody waits for it "
            "(closed), or when unused for row_timeout (timeout)"},
           row_policy, kRowPolicyNames);
  v.when(row_policy == RowPolicy::timeout, "row_policy = \"timeout\"", [&] {
    v.time({"row_timeout", "a row closes this long after its last use"}, row_timeout,
           {1'000, milliseconds(1).value()});
  });
  v.time({"frontend_latency", "from a request's arrival to its first DRAM command at the earliest"},
         frontend_latency, {0, microseconds(1).value()});
  v.number({"write_queue",
            "write bursts that are accepted before the DRAM has taken them; 0 = a "
            "write waits for its last data"},
           write_queue, {0, 4096});
}

std::optional<Cycles> row_idle_limit(const MemoryControllerConfig& config, Picoseconds tCK) {
  switch (config.row_policy) {
    case RowPolicy::closed:
      return Cycles(0);
    case RowPolicy::timeout:
      return Cycles((config.row_timeout + tCK - Picoseconds(1)) / tCK);
    case RowPolicy::open:
      break;
  }
  return std::nullopt;
}

}  // namespace tlmmu
