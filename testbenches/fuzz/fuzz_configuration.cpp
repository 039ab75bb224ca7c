// SPDX-License-Identifier: Apache-2.0
// Any bytes are either a machine or an InputError; a machine prints as TOML that means the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "models/base/error.h"
#include "models/config/document.h"
#include "models/config/listing.h"
#include "models/platform/machine_config.h"

namespace {

std::string printed(std::string_view text) {
  tlmmu::config::Document document;
  document.read_text(text, "input");
  tlmmu::MachineConfig machine;
  document.load(machine);
  return tlmmu::config::to_toml(tlmmu::config::Listing(machine));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string first;
  try {
    first = printed({reinterpret_cast<const char*>(data), size});
  } catch (const tlmmu::InputError&) {
    return 0;
  }
  if (printed(first) != first) std::abort();
  return 0;
}
