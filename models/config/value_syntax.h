// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/base/quantity.h"

namespace tlmmu::config {

/// How quantities are written in configurations and on the command line. A number is decimal and
/// may have a fraction where the result is a whole number of the base unit ("13.75ns" is 13750 ps).

std::optional<Bytes> parse_bytes(
    std::string_view text);  ///< "4096", "64KiB", "1.5GiB"; B KiB MiB GiB TiB
std::optional<Picoseconds> parse_time(std::string_view text);  ///< "833ps", "8.5ms"; ps ns us ms s
std::optional<std::uint64_t> parse_hertz(std::string_view text);  ///< "2.4GHz"; Hz kHz MHz GHz
/// A count with an optional decimal factor: "10000", "10k", "10M", "2G".
std::optional<std::uint64_t> parse_count(std::string_view text);

/// The shortest spelling that parses back to the same value.
std::string format_bytes(Bytes value);
std::string format_time(Picoseconds value);
std::string format_hertz(std::uint64_t value);

}  // namespace tlmmu::config
