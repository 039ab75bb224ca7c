// SPDX-License-Identifier: Apache-2.0
#include "models/events/wave_writer.h"

#include <fmt/format.h>

#include <filesystem>

#include "models/base/error.h"
#include "models/events/fst_writer.h"
#include "models/events/vcd_writer.h"

namespace tlmmu::events {

std::unique_ptr<WaveWriter> open_wave_file(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".fst") return make_fst_writer(path);
  if (ending == ".vcd") return make_vcd_writer(path);
  throw InputError(fmt::format("{}: waves are written to files that end in .fst or .vcd", path));
}

}  // namespace tlmmu::events
