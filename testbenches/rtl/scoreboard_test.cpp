// SPDX-License-Identifier: Apache-2.0
// A walker between the bench and the hardware tells one lie; the scoreboard has to see it.
#include <gtest/gtest.h>

#include <functional>

#include "models/cosim/random_cosim.h"

namespace tlmmu::cosim {
namespace {

using Lie = std::function<void(WalkerOutputs&)>;
Lie lie;  // of the walker that is made next; WalkerKind::make is a plain function

/// Hardware whose pins are changed before anybody sees them.
class Liar : public RtlWalker {
 public:
  Liar() : honest_(walker_kinds().front().make()) {}
  const WalkerOutputs& settle(const WalkerInputs& inputs) override {
    told_ = honest_->settle(inputs);
    lie(told_);
    return told_;
  }
  void tick() override { honest_->tick(); }
  void reset() override { honest_->reset(); }
  void open_waves(const std::string&, const ModelSignals&) override {}
  void close_waves() override {}
  void write_coverage(const std::string&) override {}

 private:
  std::unique_ptr<RtlWalker> honest_;
  WalkerOutputs told_;
};

class ScoreboardTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (walker_kinds().empty()) GTEST_SKIP() << kNoVerilator;
  }
  /// What is reported of a walker with `told`; empty if nothing is.
  static std::string mismatch_of(Lie told, LatencyContract latency = LatencyContract::standard) {
    constexpr std::uint64_t kWalks = 500;
    lie = std::move(told);
    WalkerKind kind = walker_kinds().front();
    kind.latency = latency;
    kind.make = []() -> std::unique_ptr<RtlWalker> { return std::make_unique<Liar>(); };
    RandomCosim cosim(kind, 1, {1, 4});
    while (cosim.walks() < kWalks && cosim.step()) {
    }
    return cosim.scoreboard().mismatch();
  }
};

TEST_F(ScoreboardTest, has_nothing_against_the_truth) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs&) {}), "");
}
TEST_F(ScoreboardTest, sees_another_outcome) {
  const auto told = [](WalkerOutputs& pins) {
    if (pins.rsp.outcome == RtlOutcome::faulted) pins.rsp.outcome = RtlOutcome::translated;
  };
  EXPECT_EQ(mismatch_of(told), "another outcome");
}
TEST_F(ScoreboardTest, sees_another_cause) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.rsp.cause ^= 1U; }), "another cause");
}
TEST_F(ScoreboardTest, sees_another_step) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.rsp.step ^= 1U; }), "another step");
}
TEST_F(ScoreboardTest, sees_another_frame) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.rsp.ppn ^= 4U; }), "another frame");
}
TEST_F(ScoreboardTest, sees_another_page_size) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.rsp.level ^= 1U; }), "another page size");
}
TEST_F(ScoreboardTest, sees_other_flags) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.rsp.flags ^= PteFlags::kG; }),
            "other flags");
}
TEST_F(ScoreboardTest, sees_an_abort_without_a_fence) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.rsp.outcome = RtlOutcome::aborted; }),
            "another outcome");
}
TEST_F(ScoreboardTest, sees_an_answer_after_a_fence) {
  bool stands = false, lies = false;
  const auto told = [stands, lies](WalkerOutputs& pins) mutable {
    // Not of an answer that stood there before the fence: that would be one that changes.
    if (!stands) lies = pins.rsp_valid && pins.rsp.outcome == RtlOutcome::aborted;
    stands = pins.rsp_valid;
    if (lies) pins.rsp.outcome = RtlOutcome::translated;
  };
  EXPECT_EQ(mismatch_of(told), "a walk that a fence overtook has an answer");
}
TEST_F(ScoreboardTest, sees_an_access_elsewhere) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.mem_addr ^= 8U; }),
            "another access than the model's");
}
TEST_F(ScoreboardTest, sees_a_wrong_update) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.mem_desired ^= 1U; }),
            "another access than the model's");
}
TEST_F(ScoreboardTest, sees_that_pmp_was_asked_for_something_else) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.pmp_write = !pins.pmp_write; }),
            "PMP was asked for another access than the model's");
}
TEST_F(ScoreboardTest, sees_a_request_that_changes_before_it_is_granted) {
  unsigned seen = 0;
  const auto told = [seen](WalkerOutputs& pins) mutable {
    seen = pins.mem_valid ? seen + 1 : 0;
    if (seen > 1) pins.mem_addr ^= 8U;
  };
  EXPECT_EQ(mismatch_of(told), "a request to memory changed before it was granted");
}
TEST_F(ScoreboardTest, sees_an_answer_that_is_taken_back) {
  unsigned cycles = 0;
  const auto told = [cycles](WalkerOutputs& pins) mutable {
    if (++cycles % 7 == 0) pins.rsp_valid = false;
  };
  EXPECT_EQ(mismatch_of(told, LatencyContract::none), "an answer changed before it was taken");
}
TEST_F(ScoreboardTest, sees_that_a_walk_takes_too_long) {
  bool late = false;
  const auto told = [late](WalkerOutputs& pins) mutable {
    late = pins.rsp_valid && !late;
    if (late) pins.rsp_valid = false;
  };
  EXPECT_NE(mismatch_of(told), "");
}
TEST_F(ScoreboardTest, sees_a_walk_that_never_ends) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.mem_valid = false; }),
            "the walk does not end");
}
TEST_F(ScoreboardTest, sees_a_request_that_is_accepted_too_early) {
  EXPECT_EQ(mismatch_of([](WalkerOutputs& pins) { pins.req_ready = true; }),
            "a request was accepted while a walk was under way");
}

}  // namespace
}  // namespace tlmmu::cosim
