// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/events/output_file.h"

namespace tlmmu {

/// A file of text that a command leaves behind: complete or not at all.
class TextFile {
 public:
  /// InputError if `path` can never become a file.
  explicit TextFile(const std::string& path) : file_(path) {}

  /// Puts all of `text` where commit() finds it. Throws HostError.
  void write(const std::string& text) const;
  /// Gives the file its name. Throws HostError.
  void commit() { file_.commit(); }

 private:
  events::OutputFile file_;
};

}  // namespace tlmmu
