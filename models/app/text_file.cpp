// SPDX-License-Identifier: Apache-2.0
#include "models/app/text_file.h"

#include <fmt/format.h>

#include <fstream>

#include "models/base/error.h"

namespace tlmmu {

void TextFile::write(const std::string& text) const {
  std::ofstream stream(file_.partial_path(), std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw HostError(fmt::format("{}: cannot be written", file_.path()));
}

}  // namespace tlmmu
