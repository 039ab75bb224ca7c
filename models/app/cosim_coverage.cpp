// SPDX-License-Identifier: Apache-2.0
#include "models/app/cosim_coverage.h"

#include <fmt/format.h>

#include <fstream>

#include "models/app/shell_word.h"
#include "models/base/error.h"

namespace tlmmu {

namespace {

using cosim::WalkerKind;

std::string names_of_counting() {
  std::string names;
  for (const WalkerKind& kind : cosim::walker_kinds()) {
    if (kind.coverage == cosim::Coverage::none) continue;
    names += (names.empty() ? "" : ", ") + kind.name;
  }
  return names.empty() ? "none of this build" : names;
}

/// Verilator does not tell whether it could write: every line of its file has an end.
bool is_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return in.seekg(-1, std::ios::end) && in.get() == '\n';
}

}  // namespace

CoverageFile::CoverageFile(const std::optional<std::string>& path,
                           const std::vector<const WalkerKind*>& walkers) {
  if (!path) return;
  if (walkers.size() != 1) {
    throw InputError(fmt::format("--coverage: {} walkers would run; name one with --walker, of {}",
                                 walkers.size(), names_of_counting()));
  }
  if (walkers.front()->coverage == cosim::Coverage::none) {
    throw InputError(
        fmt::format("--coverage: {} was built without COVERAGE in tlmmu_add_walker; with: {}",
                    walkers.front()->name, names_of_counting()));
  }
  file_.emplace(*path);
}

void CoverageFile::write(cosim::RtlWalker& walker) {
  if (!file_) return;
  walker.write_coverage(file_->partial_path());
  if (!is_whole(file_->partial_path())) {
    throw HostError(fmt::format("{}: writing failed (disk full?)", file_->path()));
  }
  file_->commit();
  const std::string name = shell_word(file_->path());
  fmt::print(
      "coverage: tools/rtl_coverage.py {0} (each line: verilator_coverage --annotate FOLDER {0})\n",
      name);
}

}  // namespace tlmmu
