// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "models/base/error.h"
#include "models/events/fst_writer.h"

namespace tlmmu::events {

std::unique_ptr<WaveWriter> make_fst_writer(const std::string& path) {
  throw InputError(
      fmt::format("{}: this build has no FST writer; install the package verilator and build "
                  "again, or give a name that ends in .vcd",
                  path));
}

}  // namespace tlmmu::events
