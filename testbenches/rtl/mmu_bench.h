// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated.h>

#include <memory>

#include "testbenches/rtl/mmu_memory_port.h"
#include "testbenches/rtl/mmu_pins.h"
#include "testbenches/rtl/mmu_requests.h"

namespace tlmmu {

/// A fence so many cycles after a request was first asked for.
struct FenceWithin {
  std::uint64_t cycle;
  Fence fence;
};

/// Drives a Verilated `mmu_top` in Sv39. Memory grants and answers when it likes, and so are
/// answers taken. What says nothing at the moment is random.
template <class Model>
class MmuBench {
 public:
  static constexpr unsigned kEntries = 8;

  explicit MmuBench(std::uint64_t seed)
      : random(seed), tables(random), requests(random, tables), memory_(random, tables) {
    context_.randReset(2);
    context_.randSeed(1);
    mmu_ = std::make_unique<Model>(&context_, "mmu");
    mmu_->rst_n = 0;
    for (int i = 0; i < 2; ++i) {
      mmu_->clk = 0;
      mmu_->eval();
      mmu_->clk = 1;
      mmu_->eval();
    }
    mmu_->rst_n = 1;
  }
  ~MmuBench() {
    Verilated::threadContextp(&context_);
    mmu_.reset();
  }
  VerilatedContext& context() { return context_; }
  MmuBench(const MmuBench&) = delete;
  MmuBench& operator=(const MmuBench&) = delete;

  /// The hardware's answer; empty if it breaks a rule of its ports.
  std::optional<Answer> translate(const WalkRequest& request,
                                  const std::optional<FenceWithin>& fence = std::nullopt) {
    return translate(request, fence, [] {});
  }
  /// The same; `changes` happen together with the fence, unless the answer is taken before.
  template <class Changes>
  std::optional<Answer> translate(const WalkRequest& request,
                                  const std::optional<FenceWithin>& fence, Changes changes) {
    constexpr unsigned kPatience = 1000;
    bool accepted = false;
    for (unsigned i = 0; i < kPatience && complaint_.empty(); ++i) {
      const bool fences = fence && fence->cycle == i;
      if (fences) changes();
      mmu_->req_valid = !accepted;
      put_request(*mmu_, accepted ? requests.some() : request);
      cycle(fences ? &fence->fence : nullptr);
      if (accepted && taken_) return offered_;
      if (!accepted && mmu_->rsp_valid) complain("an answer nobody asked for");
      if (!accepted && ready_ && fences) complain("a request accepted together with a fence");
      accepted = accepted || ready_;
    }
    complain("no answer");
    return std::nullopt;
  }
  void fence(const Fence& fence) {
    mmu_->req_valid = 0;
    cycle(&fence);
  }
  /// From now on other tables.
  void renew() {
    tables.renew();
    fence(Fence{});
  }
  /// Whether the latest answer was the TLB's own.
  bool hit() const { return hit_; }
  /// The rule that was broken.
  const std::string& complaint() const { return complaint_; }

  Random random;
  Tables tables;
  MmuRequests requests;

 private:
  void complain(const std::string& what) {
    if (complaint_.empty()) complaint_ = what;
  }

  void cycle(const Fence* fence) {
    mmu_->clk = 0;
    mmu_->rsp_ready = random.below(3) != 0;
    put_fence(*mmu_, fence, random);
    memory_.drive(*mmu_);
    memory_.check(*mmu_);
    ready_ = mmu_->req_ready != 0;
    const std::string broken = memory_.see(*mmu_);
    if (!broken.empty()) complain(broken);
    see_answer();
    mmu_->clk = 1;
    mmu_->eval();
  }
  void see_answer() {
    const bool waited = offered_ && !taken_;
    const auto before = offered_;
    const bool hit_before = hit_;
    taken_ = mmu_->rsp_valid && mmu_->rsp_ready;
    offered_.reset();
    if (mmu_->rsp_valid) {
      const bool fault = mmu_->rsp_fault != 0;
      offered_ = Answer{fault, fault ? mmu_->rsp_cause : mmu_->rsp_paddr};
      hit_ = mmu_->rsp_hit != 0;
    }
    if (waited && !(offered_ == before && hit_ == hit_before)) {
      complain("an answer changed before it was taken");
    }
  }

  VerilatedContext context_;
  std::unique_ptr<Model> mmu_;
  MmuMemoryPort<Model> memory_;
  bool ready_ = false, taken_ = false, hit_ = false;
  std::optional<Answer> offered_;
  std::string complaint_;
};

}  // namespace tlmmu
