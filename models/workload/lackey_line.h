// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <variant>

#include "models/workload/memory_access.h"

namespace tlmmu::lackey {

/// Bytes of the largest access that a line may have.
constexpr std::uint32_t kMostBytes = 4096;

/// Whether a modify is meant: the access is its load, and a store of the same bytes follows.
enum class Then { nothing, store };

struct Record {
  MemoryAccess access;
  Then then;
};
struct Chatter {};  ///< blank, or something that valgrind says
struct Foreign {};  ///< something that does not even begin like a record
struct Malformed {  ///< begins like a record
  std::string_view expected;
};
using Line = std::variant<Record, Chatter, Foreign, Malformed>;

/// What a line without its newline is: the whole grammar, with no assumption about the layout.
Line parse_line(std::string_view text);

}  // namespace tlmmu::lackey
