// SPDX-License-Identifier: Apache-2.0
// Prints how fast traces are read: trace_rate FILE... (the consumer only adds the sizes up).
// Processor time is that of both threads.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>

#include "models/base/error.h"
#include "models/workload/trace_reader.h"

namespace {

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void measure(const std::string& path) {
  const double busy_before = processor_seconds();
  const auto start = std::chrono::steady_clock::now();
  tlmmu::TraceReader reader(path);
  std::uint64_t accesses = 0;
  std::uint64_t bytes = 0;
  while (reader.next_batch()) {
    for (const tlmmu::MemoryAccess& access : reader) bytes += access.size;
    accesses += static_cast<std::uint64_t>(reader.end() - reader.begin());
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  const double busy = processor_seconds() - busy_before;
  const double millions = static_cast<double>(accesses) * 1e-6;
  fmt::print(
      "{}: {} accesses, {} bytes: {:.3f} s, {:.1f} M accesses/s; {:.1f} M per processor second\n",
      reader.name(), accesses, bytes, seconds.count(), millions / seconds.count(), millions / busy);
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
