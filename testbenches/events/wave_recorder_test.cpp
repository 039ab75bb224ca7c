// SPDX-License-Identifier: Apache-2.0
#include "models/events/wave_recorder.h"

#include <gmock/gmock.h>

#include <random>

#include "testbenches/events/wave_log.h"

namespace tlmmu::events {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Times = std::vector<std::string>;

/// A recorder with two numbers, `a` and `b`, and a text, `t`.
class WaveRecorderTest : public testing::Test {
 protected:
  WaveRecorderTest() {
    a_ = add({"a", SignalType::number, 8, nullptr});
    b_ = add({"b", SignalType::number, 8, nullptr});
    t_ = add({"t", SignalType::text, 0, nullptr});
    recorder_.begin();
  }
  SignalHandle add(const SignalDeclaration& declaration) {
    const SignalHandle signal = recorder_.add(declaration.type);
    writer_.declare(signal, declaration);
    return signal;
  }

  WaveLog log_;
  LoggingWriter writer_{log_};
  WaveRecorder recorder_{writer_};
  SignalHandle a_{}, b_{}, t_{};
};

TEST_F(WaveRecorderTest, every_signal_has_a_value_from_the_start) {
  recorder_.set(Picoseconds(5), a_, 1);
  recorder_.finish(Picoseconds(9));
  EXPECT_THAT(log_.changes, ElementsAre("0 a=0", "0 b=0", "0 t=", "5 a=1"));
  EXPECT_EQ(log_.last_time, 9U);
}

TEST_F(WaveRecorderTest, changes_out_of_order_are_written_in_order) {
  recorder_.set(Picoseconds(30), a_, 3);
  recorder_.set(Picoseconds(10), b_, 1);
  recorder_.set(Picoseconds(20), b_, 2);
  recorder_.finish(Picoseconds(30));
  EXPECT_THAT(Times(log_.changes.begin() + 3, log_.changes.end()),
              ElementsAre("10 b=1", "20 b=2", "30 a=3"));
}

TEST_F(WaveRecorderTest, a_value_that_is_the_same_is_not_written_again) {
  recorder_.set(Picoseconds(1), a_, 7);
  recorder_.set(Picoseconds(2), a_, 7);
  recorder_.set_text(Picoseconds(1), t_, "x");
  recorder_.set_text(Picoseconds(3), t_, "x");
  recorder_.finish(Picoseconds(3));
  EXPECT_THAT(log_.of("a"), ElementsAre("1=7"));
  EXPECT_THAT(log_.of("t"), ElementsAre("1=x"));
}

TEST_F(WaveRecorderTest, the_last_of_several_changes_at_one_moment_counts) {
  recorder_.set(Picoseconds(1), a_, 7);
  recorder_.set(Picoseconds(1), a_, 8);
  recorder_.finish(Picoseconds(1));
  EXPECT_THAT(log_.of("a"), ElementsAre("1=8"));
}

TEST_F(WaveRecorderTest, a_pulse_falls_back) {
  recorder_.pulse(Picoseconds(10), Picoseconds(15), a_, 1, 0);
  recorder_.pulse_text(Picoseconds(10), Picoseconds(12), t_, "x");
  recorder_.finish(Picoseconds(20));
  EXPECT_THAT(log_.of("a"), ElementsAre("10=1", "15=0"));
  EXPECT_THAT(log_.of("t"), ElementsAre("10=x", "12="));
}

TEST_F(WaveRecorderTest, a_pulse_is_cut_by_the_next_value) {
  recorder_.pulse(Picoseconds(10), Picoseconds(15), a_, 1, 0);
  recorder_.pulse(Picoseconds(12), Picoseconds(17), a_, 2, 0);
  recorder_.pulse(Picoseconds(17), Picoseconds(22), a_, 3, 0);
  recorder_.finish(Picoseconds(30));
  EXPECT_THAT(log_.of("a"), ElementsAre("10=1", "12=2", "17=3", "22=0"));
}

TEST_F(WaveRecorderTest, a_late_change_is_moved_and_counted) {
  for (std::uint64_t i = 1; i <= 10'000; ++i) recorder_.set(Picoseconds(i), a_, i % 2 + 1);
  recorder_.advance_to(Picoseconds(5'001));
  EXPECT_EQ(log_.last_time, 5'000U);
  recorder_.set(Picoseconds(4'000), b_, 9);
  recorder_.finish(Picoseconds(10'000));
  EXPECT_THAT(log_.of("b"), ElementsAre("5000=9"));
  EXPECT_EQ(recorder_.late_changes(), 1U);
}

TEST_F(WaveRecorderTest, nothing_from_now_on_is_written_early) {
  for (std::uint64_t i = 1; i <= 10'000; ++i) recorder_.set(Picoseconds(i), a_, i);
  recorder_.pulse(Picoseconds(10'000), Picoseconds(20'000), b_, 1, 0);
  recorder_.advance_to(Picoseconds(10'000));
  EXPECT_EQ(log_.last_time, 9'999U);
  EXPECT_THAT(log_.of("b"), IsEmpty());
}

TEST_F(WaveRecorderTest, memory_is_bounded_if_nobody_says_how_far_time_is) {
  WaveRecorder recorder(writer_, 100);
  const SignalHandle signal = recorder.add(SignalType::number);
  recorder.begin();
  for (std::uint64_t i = 1; i < 100; ++i) recorder.set(Picoseconds(i), signal, i);
  EXPECT_EQ(log_.last_time, 0U);
  recorder.set(Picoseconds(100), signal, 100);
  EXPECT_EQ(log_.last_time, 51U);
}

TEST_F(WaveRecorderTest, memory_is_bounded_at_one_moment_too) {
  WaveRecorder recorder(writer_, 100);
  const SignalHandle signal = recorder.add(SignalType::number);
  recorder.begin();
  for (std::uint64_t i = 1; i <= 100; ++i) recorder.set(Picoseconds(7), signal, i);
  EXPECT_EQ(log_.last_time, 7U);
}

TEST_F(WaveRecorderTest, random_changes_of_two_clocks_arrive_as_sorted_by_hand) {
  constexpr unsigned kSeed = 1;
  RecordProperty("seed", kSeed);
  std::mt19937 random(kSeed);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> expected;  // time, value of a
  std::uint64_t ahead = 0;
  std::uint64_t behind = 0;
  std::uint64_t number = 0;
  for (std::uint64_t quantum = 1; quantum <= 200; ++quantum) {
    const std::uint64_t end = quantum * 1'000;
    for (; ahead < end + 1'000; ahead += 1 + random() % 40) {
      recorder_.set(Picoseconds(ahead), a_, ++number);
      expected.emplace_back(ahead, number);
    }
    for (; behind < end; behind += 1 + random() % 40) {
      recorder_.set(Picoseconds(behind), b_, 1 + behind % 2);
    }
    recorder_.advance_to(Picoseconds(end - 1'000));
  }
  recorder_.finish(Picoseconds(ahead));
  std::vector<std::string> texts;
  texts.reserve(expected.size());
  for (const auto& [at, value] : expected) {
    texts.push_back(std::to_string(at) + "=" + std::to_string(value));
  }
  EXPECT_EQ(log_.of("a"), texts);
  EXPECT_EQ(recorder_.late_changes(), 0U);
}

}  // namespace
}  // namespace tlmmu::events
