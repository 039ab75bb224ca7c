// SPDX-License-Identifier: Apache-2.0
// Prints what random lockstep costs beside the bare Verilated walker, in CPU time: walks per second
// of both in one run, the median of several rounds.
#include <fmt/format.h>
#include <verilated.h>

#include <algorithm>
#include <vector>

#include "Vptw_sv39.h"
#include "models/cosim/random_cosim.h"
#include "testbenches/bench/measure.h"

namespace tlmmu {
namespace {

constexpr int kRounds = 5;
constexpr std::uint64_t kWalks = 100'000;
constexpr std::uint64_t kWalksOfEpisode = 64;
constexpr cosim::CycleRange kLatency{1, 40};

/// The walker, and a loop that gives it random requests, PTEs of the same random tables and random
/// latencies. Nobody looks at the answers.
class BareWalker {
 public:
  BareWalker() : memory_(kSv39) {
    model_.rst_n = 0;
    for (int i = 0; i < 2; ++i) cycle();
    model_.rst_n = 1;
  }

  ~BareWalker() {
    // A model unregisters at the thread's latest context, which may be another walker's.
    Verilated::threadContextp(&context_);
  }
  BareWalker(const BareWalker&) = delete;
  BareWalker& operator=(const BareWalker&) = delete;

  /// A number that depends on the answers.
  std::uint64_t walk() {
    if (walks_++ % kWalksOfEpisode == 0) renew();
    const std::uint64_t dice = random_.next();
    model_.req_vaddr = addresses_[dice % addresses_.size()];
    model_.req_access = static_cast<CData>(dice >> 8U) % 3;
    model_.req_privilege = dice >> 16U & 1U;
    model_.req_sum = dice >> 17U & 1U;
    model_.req_mxr = dice >> 18U & 1U;
    model_.req_asid = dice >> 19U & 1U;
    model_.req_root = memory_.root(model_.req_asid).value();
    model_.req_valid = 1;
    model_.rsp_ready = 1;
    model_.mem_ready = 1;
    bool ended = false;
    while (!ended) {
      cycle();
      if (accepted_) model_.req_valid = 0;
      ended = answered_;
    }
    return model_.rsp_ppn;
  }

 private:
  void renew() {
    memory_.renew(random_.next(), cosim::RandomMemory::Sharing::root_each);
    for (std::uint64_t& address : addresses_) address = random_.next() & low_mask(38);
  }
  void cycle() {
    model_.clk = 0;
    model_.mem_rsp_valid = waits_ && --cycles_left_ == 0;
    if (model_.mem_rsp_valid) {
      const PhysicalAddress address(address_);
      const auto found = update_ ? memory_.compare_and_swap(address, Pte(expected_), Pte(desired_))
                                 : memory_.read(address);
      model_.mem_rsp_error = !found;
      model_.mem_rsp_data = found ? found->raw() : 0;
      waits_ = false;
    }
    model_.pmp_denied = 0;
    model_.eval();
    if (model_.pmp_valid != 0) {
      const auto type = model_.pmp_write != 0 ? AccessType::store : AccessType::load;
      model_.pmp_denied = !memory_.permits(PhysicalAddress(model_.pmp_addr), type);
      if (model_.pmp_denied != 0) model_.eval();
    }
    accepted_ = model_.req_valid != 0 && model_.req_ready != 0;
    answered_ = model_.rsp_valid != 0;
    if (model_.mem_valid != 0) {
      waits_ = true;
      cycles_left_ = kLatency.least + random_.below(kLatency.most - kLatency.least + 1);
      update_ = model_.mem_update != 0;
      address_ = model_.mem_addr;
      expected_ = model_.mem_expected;
      desired_ = model_.mem_desired;
    }
    model_.clk = 1;
    model_.eval();
  }

  VerilatedContext context_;
  Vptw_sv39 model_{&context_, "bare"};
  cosim::RandomMemory memory_;
  Random random_{1};
  std::vector<std::uint64_t> addresses_ = std::vector<std::uint64_t>(12);
  std::uint64_t walks_ = 0;
  bool accepted_ = false, answered_ = false, waits_ = false, update_ = false;
  std::uint64_t cycles_left_ = 0, address_ = 0, expected_ = 0, desired_ = 0;
};

const cosim::WalkerKind& kind_named(const std::string& name) {
  return *std::find_if(cosim::walker_kinds().begin(), cosim::walker_kinds().end(),
                       [&](const cosim::WalkerKind& each) { return each.name == name; });
}

template <class Walk>
double walks_per_second(Walk walk) {
  const double begin = cpu_seconds();
  for (std::uint64_t i = 0; i < kWalks; ++i) walk();
  return static_cast<double>(kWalks) / (cpu_seconds() - begin);
}

int print_ratio() {
  BareWalker bare_walker;
  cosim::RandomCosim cosim(kind_named("ptw_sv39"), 1, kLatency);
  std::uint64_t sum = 0;
  std::vector<double> bare, lockstep, ratio;
  for (int i = 0; i < kRounds; ++i) {
    bare.push_back(walks_per_second([&] { sum += bare_walker.walk(); }));
    lockstep.push_back(walks_per_second([&] { sum += cosim.step() ? 1 : 0; }));
    ratio.push_back(lockstep.back() / bare.back());
  }
  fmt::print("bare walker      {:8.0f} walks a second of CPU time\n", median(bare));
  fmt::print("random lockstep  {:8.0f} walks a second of CPU time\n", median(lockstep));
  fmt::print("ratio            {:8.2f}\n", median(ratio));
  return sum == 0 || !cosim.scoreboard().mismatch().empty() ? 1 : 0;
}

}  // namespace
}  // namespace tlmmu

int main() {
  return tlmmu::print_ratio();
}
