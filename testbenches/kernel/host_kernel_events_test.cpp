// SPDX-License-Identifier: Apache-2.0
// What the kernel as a SystemC module tells of itself while it runs.
#include <fmt/format.h>

#include "testbenches/kernel/host_bench.h"

namespace tlmmu {
namespace {

constexpr std::uint64_t page(std::uint64_t n) {
  return n << kPageShift;
}

class RecordingSink : public events::Sink {
 public:
  std::vector<std::string> lines;
  Picoseconds last;
  void on(const events::Stamp& stamp, const events::PageFault& fault) override {
    add(stamp, fmt::format("{} {:x} {}", fault.process, fault.address.value(),
                           name_in(events::kFaultKindNames, fault.kind)));
  }
  void on(const events::Stamp& stamp, const events::FrameCounts& counts) override {
    EXPECT_EQ(counts.free + counts.mapped + counts.page_tables + counts.in_flight, 64U);
    add(stamp, fmt::format("free {}", counts.free));
  }
  void on(const events::Stamp& stamp, const events::ProcessSwitch& change) override {
    const bool idle = change.process == events::ProcessSwitch::kIdle;
    add(stamp, idle ? "idle" : fmt::format("run {}", change.process));
  }

 private:
  void add(const events::Stamp& stamp, const std::string& line) {
    EXPECT_GE(stamp.at, last) << "time runs backwards";
    last = stamp.at;
    lines.push_back(line);
  }
};

TEST(HostKernel, emits_faults_frame_counts_and_switches_in_order) {
  RecordingSink sink;
  HostBench bench(bench_config(), bench_context(64, 1), {&sink, events::UnitId{0}});
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.cpu.fault(page(1), AccessType::fetch);
    bench.cpu.enter(TrapKind::exit);
  });
  EXPECT_EQ(sink.lines,
            (std::vector<std::string>{"run 0", "free 63", "0 1000 major_file", "free 60", "idle",
                                      "free 60", "run 0", "idle", "free 64"}));
}

}  // namespace
}  // namespace tlmmu
