// SPDX-License-Identifier: Apache-2.0
// Number 5 through the whole machine: Denning's working set of independent uniform references over
// W pages, s(tau) = W(1 - (1 - 1/W)^tau), as the timeline counts it, with and without enough
// memory.
#include <gtest/gtest.h>

#include <cmath>

#include "models/app/page_reference_counter.h"
#include "models/workload/generators.h"
#include "testbenches/validation/kernel_machine.h"

namespace tlmmu {
namespace {

constexpr double kPages = 1024;

/// Takes the working set of process 0 each `tau` accesses. An access that faulted is looked up
/// again, which is no reference of its own.
class WorkingSetMeter final : public events::Sink {
 public:
  explicit WorkingSetMeter(std::uint64_t tau) : tau_(tau) {}

  void name_unit(events::UnitId id, const std::string& name) override {
    counter_.name_unit(id, name);
    if (name == "mmu.l1_dtlb") data_tlb_ = id;
  }
  void on(const events::Stamp& stamp, const events::ProcessSwitch& event) override {
    counter_.on(stamp, event);
  }
  void on(const events::Stamp&, const events::PageFault&) override { repeated_ = true; }
  void on(const events::Stamp& stamp, const events::TlbLookup& event) override {
    counter_.on(stamp, event);
    if (stamp.unit != data_tlb_) return;
    if (event.address == last_ && repeated_) return void(repeated_ = false);
    last_ = event.address;
    if (++references_ % tau_ != 0) return;
    sum_ += counter_.pages(0);
    ++windows_;
    counter_.next_window();
  }
  using events::Sink::on;

  double mean() const { return static_cast<double>(sum_) / static_cast<double>(windows_); }

 private:
  std::uint64_t tau_;
  PageReferenceCounter counter_;
  events::UnitId data_tlb_{};
  VirtualAddress last_;
  bool repeated_ = false;
  std::uint64_t references_ = 0;
  std::uint64_t sum_ = 0;
  std::uint64_t windows_ = 0;
};

struct Machine {
  Bytes memory;
  kernel::PolicyName policy;
  std::uint64_t references;
};
constexpr Machine kRoomy{mebibytes(16), kernel::PolicyName::clock, 60'000};
constexpr Machine kTight{mebibytes(4), kernel::PolicyName::wsclock, 15'000};

double working_set(std::uint64_t tau, const Machine& machine) {
  PatternShape shape;
  shape.length = kPageBytes * 1024;
  shape.count = machine.references;
  UniformRandomSource source(shape, 7);
  WorkingSetMeter meter(tau);
  MachineConfig config;
  config.memory.size = machine.memory;
  config.kernel.policy = machine.policy;
  PlatformInputs inputs;
  inputs.sources = {&source};
  inputs.sink = &meter;
  Platform platform("machine", testing::on_chosen_walker(config), inputs);
  platform.run();
  return meter.mean();
}

double formula(std::uint64_t tau) {
  return kPages * (1 - std::pow(1 - 1 / kPages, tau));
}

void expect_formula(std::uint64_t tau, double published, const Machine& machine) {
  EXPECT_NEAR(formula(tau), published, 0.005);
  EXPECT_NEAR(working_set(tau, machine), formula(tau), formula(tau) / 100);
}

TEST(KernelWorkingSet, of_a_window_of_64_references_is_as_denning_says) {
  expect_formula(64, 62.07, kRoomy);
}
TEST(KernelWorkingSet, of_a_window_of_256_references_is_as_denning_says) {
  expect_formula(256, 226.61, kRoomy);
}
TEST(KernelWorkingSet, of_a_window_of_1024_references_is_as_denning_says) {
  expect_formula(1024, 647.48, kRoomy);
}
TEST(KernelWorkingSet, is_the_same_when_the_pages_do_not_fit_into_memory) {
  expect_formula(256, 226.61, kTight);
}

}  // namespace
}  // namespace tlmmu
