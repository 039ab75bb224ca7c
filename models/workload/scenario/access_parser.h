// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/workload/scenario/names.h"
#include "models/workload/scenario/token_stream.h"

namespace tlmmu::scenario {

/// "buffer", "buffer[0..16 pages]", "address 0x1000 64KiB". Parts lie within their region, where
/// its length is known.
Range parse_range(TokenStream& tokens, const RegionNames& names);

/// What follows the verb (read, write, execute or touch): range, pattern and options.
Access parse_access(TokenStream& tokens, const RegionNames& names, std::string_view verb);

/// What follows `compute`: a loop of instructions on the first page of the program.
Access parse_compute(TokenStream& tokens);

}  // namespace tlmmu::scenario
