// SPDX-License-Identifier: Apache-2.0
#include "models/dram/dram_geometry.h"

#include "models/base/bits.h"

namespace tlmmu {

void DramGeometry::describe(config::Visitor& v) {
  const auto power_of_two = [&v](config::Key key, unsigned& value, config::Range range) {
    v.number(key, value, range);
    v.require(is_power_of_two(value), key.name, "must be a power of two");
  };
  power_of_two({"channels", "independent channels, each with its own data bus"}, channels, {1, 64});
  power_of_two({"ranks", "ranks on each channel"}, ranks, {1, 64});
  power_of_two({"bank_groups", "bank groups of a rank; 1 = the standard has none"}, bank_groups,
               {1, 16});
  power_of_two({"banks", "banks of a bank group"}, banks, {1, 32});
  power_of_two({"rows", "rows of a bank"}, rows, {1, 1U << 20U});
  power_of_two({"columns", "columns of a row, each as wide as the data bus"}, columns,
               {16, 1U << 14U});
  power_of_two({"bus_width", "data bits of one channel"}, bus_width, {8, 128});
  power_of_two({"burst_length", "transfers of one read or write command"}, burst_length, {2, 32});
  v.require(burst_length <= columns, "burst_length", "must be at most columns");
}

}  // namespace tlmmu
