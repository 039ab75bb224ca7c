// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tlmmu::config {

/// All of a text file that a user wrote. What cannot be read is an InputError that says what was
/// `expected`, as in "a TOML configuration".
std::string read_text_file(const std::string& path, std::string_view expected);

}  // namespace tlmmu::config
