// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace tlmmu {

/// Bad input of any kind (configuration, trace, command line, image). The message is one line that
/// names the file and line, byte offset or key, what was found and what was expected. Exit code 2.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The host failed (disk full, out of memory, no such device). Exit code 3.
class HostError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace tlmmu
