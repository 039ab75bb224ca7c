// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace tlmmu::text {

/// How the report writes numbers: for people, with few digits.

std::string grouped(std::uint64_t value);                      ///< "1,234,567"
std::string percent(std::uint64_t part, std::uint64_t whole);  ///< "12.34 %", "-" of nothing
std::string quotient(std::uint64_t numerator, std::uint64_t denominator);  ///< "1.75", "-" by zero
std::string time(std::uint64_t picoseconds);                               ///< "4.21 ns", "12.3 ms"
std::string bytes(std::uint64_t count);                                    ///< "16.0 MiB"
/// A bar of `width` characters at most, in proportion; a dot for what is too small to show.
std::string bar(std::uint64_t part, std::uint64_t whole, unsigned width);

}  // namespace tlmmu::text
