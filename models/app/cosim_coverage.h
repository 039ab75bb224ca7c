// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/cosim/rtl_walker.h"
#include "models/events/output_file.h"

namespace tlmmu {

/// The file of `tlmmu cosim --coverage`: what of the one walker that runs was used.
class CoverageFile {
 public:
  /// Nothing is written without a `path`. InputError if it can never become a file, or if
  /// `walkers` is not a single one that counts.
  CoverageFile(const std::optional<std::string>& path,
               const std::vector<const cosim::WalkerKind*>& walkers);

  /// Throws HostError.
  void write(cosim::RtlWalker& walker);

 private:
  std::optional<events::OutputFile> file_;
};

}  // namespace tlmmu
