// SPDX-License-Identifier: Apache-2.0
// Prints how fast traces are read: trace_rate FILE... (the consumer only adds the sizes up).
#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "models/base/error.h"
#include "models/workload/trace_reader.h"

namespace {

void measure(const std::string& path) {
  const auto start = std::chrono::steady_clock::now();
  tlmmu::TraceReader reader(path);
  std::uint64_t accesses = 0;
  std::uint64_t bytes = 0;
  while (reader.next_batch()) {
    for (const tlmmu::MemoryAccess& access : reader) bytes += access.size;
    accesses += static_cast<std::uint64_t>(reader.end() - reader.begin());
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  fmt::print(
      "{}: {} accesses of {} bytes in all, {:.3f} s, {:.1f} M accesses/s, {:.0f} MB/s of file\n",
      path, accesses, bytes, seconds.count(),
      static_cast<double>(accesses) / seconds.count() * 1e-6,
      static_cast<double>(reader.bytes_consumed()) / seconds.count() * 1e-6);
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    try {
      measure(argv[i]);
    } catch (const tlmmu::InputError& error) {
      fmt::print(stderr, "{}\n", error.what());
      return 2;
    }
  }
  return 0;
}
