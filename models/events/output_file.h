// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace tlmmu::events {

/// A file that appears complete or not at all: it is written under another name in the same folder
/// and gets its own name when it is committed.
class OutputFile {
 public:
  /// Throws InputError at once if `path` can never become a file: its folder does not exist or
  /// cannot be written, or it names a directory or a device.
  explicit OutputFile(std::string path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();  ///< removes what was not committed

  const std::string& path() const { return path_; }
  /// Where to write until commit(); the file exists and is empty.
  const std::string& partial_path() const { return partial_path_; }

  /// Gives the file its name, in place of an older one. Throws HostError.
  void commit();

 private:
  std::string path_;
  std::string partial_path_;  ///< empty once committed
};

}  // namespace tlmmu::events
