// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/command_reporter.h"

#include <gmock/gmock.h>

namespace tlmmu {
namespace {

class Recorder : public events::Sink {
 public:
  using events::Sink::on;
  void on(const events::Stamp& stamp, const events::DramCommand& command) override {
    times.push_back(stamp.at.value());
    rows.push_back(command.row);
  }
  std::vector<std::uint64_t> times;
  std::vector<std::uint64_t> rows;
};

IssuedCommand command(std::uint64_t at, std::uint64_t row) {
  return {Cycles(at), {events::DramCommandName::activate, 0, 0, row}};
}

TEST(CommandReporter, keeps_no_log_if_nobody_listens) {
  CommandReporter reporter(events::Emitter(), Picoseconds(10));
  EXPECT_EQ(reporter.log(), nullptr);
}

TEST(CommandReporter, emits_in_order_of_time_what_time_has_passed) {
  Recorder recorder;
  CommandReporter reporter(events::Emitter(&recorder, events::UnitId{}), Picoseconds(10));
  *reporter.log() = {command(5, 1), command(3, 2), command(9, 3), command(3, 4)};
  reporter.emit_until(Picoseconds(51));
  EXPECT_THAT(recorder.times, ::testing::ElementsAre(30, 30, 50));
  EXPECT_THAT(recorder.rows, ::testing::ElementsAre(2, 4, 1));
  reporter.log()->push_back(command(6, 5));
  reporter.emit_all();
  EXPECT_THAT(recorder.times, ::testing::ElementsAre(30, 30, 50, 60, 90));
}

}  // namespace
}  // namespace tlmmu
