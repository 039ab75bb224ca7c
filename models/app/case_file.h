// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/reference/walk_case.h"

namespace tlmmu {

/// The walk case in the file `path`, "-" being standard input. Throws InputError.
reference::WalkCase read_case(const std::string& path);

}  // namespace tlmmu
