// SPDX-License-Identifier: Apache-2.0
// Any text as a walk case: it is answered, or refused with one line. What was read becomes text
// that reads the same.
#include <cstdlib>
#include <sstream>
#include <string_view>

#include "models/base/error.h"
#include "models/reference/case_runner.h"

namespace {

using namespace tlmmu::reference;

void require(bool holds) {
  if (!holds) std::abort();
}

WalkCase parse(const std::string& text) {
  std::istringstream input(text);
  return parse_walk_case(input, "case");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const WalkCase walk_case = parse(std::string(reinterpret_cast<const char*>(data), size));
    const std::string text = to_text(walk_case);
    require(to_text(parse(text)) == text);
    answer_cold(walk_case, FinalPmp::checked);
  } catch (const tlmmu::InputError& error) {
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
  }
  return 0;
}
