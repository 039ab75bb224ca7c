// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tlmmu {

/// The first 40 bytes of `bytes` in double quotes, on one line: what is not printable ASCII is
/// written \xNN, and "..." follows where something was cut.
std::string quote_bytes(std::string_view bytes);

}  // namespace tlmmu
