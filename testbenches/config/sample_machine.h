// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/config/visitor.h"

namespace tlmmu::config {

enum class Colour { red, green };
constexpr EnumName<Colour> kColourNames[] = {{Colour::red, "red"}, {Colour::green, "green"}};

/// A configuration with one key of each type, for the tests of the loader and the listings.
struct SamplePart {
  std::uint64_t entries = 64;
  std::uint64_t ways = 4;
  Bytes size = kibibytes(4);
  Picoseconds latency = nanoseconds(10);
  ClockPeriod clock = ClockPeriod::from_hertz(2'000'000'000);
  bool enabled = true;
  std::string file;
  Colour colour = Colour::red;
  Picoseconds green_delay = nanoseconds(1);
  PageSizeSet pages = PageSizeSet().with(PageSize::k4KiB);

  void describe(Visitor& v) {
    v.number({"entries", "translations held"}, entries, {1, 1024});
    v.number({"ways", "associativity"}, ways, {1, 1024});
    v.require(entries % ways == 0, "ways", "must divide entries");
    v.bytes({"size", "capacity"}, size, {1024, 1048576});
    v.time({"latency", "delay"}, latency, {0, 1'000'000});
    v.frequency({"clock", "clock rate"}, clock, {1'000'000, 10'000'000'000});
    v.flag({"enabled", "whether it exists"}, enabled);
    v.text({"file", "a path"}, file);
    v.choice({"colour", "its colour"}, colour, kColourNames);
    v.when(colour == Colour::green, "colour = \"green\"", [&] {
      v.time({"green_delay", "delay if green"}, green_delay, {0, 1'000'000});
    });
    v.page_sizes({"pages", "page sizes held"}, pages);
  }
};

struct SampleMachine {
  SamplePart part;
  void describe(Visitor& v) { v.section({"part", "the only part"}, part); }
};

}  // namespace tlmmu::config
