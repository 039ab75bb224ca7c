// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace tlmmu {

/// The changes of each vector and text signal of a VCD file, by full name without its width; a
/// signal that never changes is there and empty. Fails if time runs backwards.
std::map<std::string, std::vector<std::string>> changes_in(const std::string& vcd);

}  // namespace tlmmu
