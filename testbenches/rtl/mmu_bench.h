// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated.h>

#include <memory>
#include <optional>

#include "models/arch/fence.h"
#include "testbenches/rtl/mmu_tables.h"

namespace tlmmu {

/// Drives a Verilated `mmu_top` in Sv39, with a memory that answers at once.
template <class Model>
class MmuBench {
 public:
  static constexpr unsigned kEntries = 8;
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};

  explicit MmuBench(std::uint64_t seed) : random(seed), tables(random) {
    mmu_ = std::make_unique<Model>(&context_, "mmu");
    mmu_->rst_n = 0;
    cycle();
    cycle();
    mmu_->rst_n = 1;
  }
  ~MmuBench() {
    Verilated::threadContextp(&context_);
    mmu_.reset();
  }
  VerilatedContext& context() { return context_; }
  MmuBench(const MmuBench&) = delete;
  MmuBench& operator=(const MmuBench&) = delete;

  /// The hardware's answer; empty if there is none. `fence_in` cycles after the request was
  /// accepted everything is fenced, unless the answer comes before.
  std::optional<Answer> translate(const WalkRequest& request, std::uint64_t fence_in = kNever) {
    return translate(request, fence_in, [] {});
  }
  /// The same; `changes` happen together with the fence.
  template <class Changes>
  std::optional<Answer> translate(const WalkRequest& request, std::uint64_t fence_in,
                                  Changes changes) {
    constexpr unsigned kPatience = 1000;
    drive(request);
    mmu_->req_valid = 1;
    ready_ = false;
    for (unsigned waited = 0; !ready_; ++waited) {
      if (waited == kPatience) return std::nullopt;
      cycle();
    }
    mmu_->req_valid = 0;
    mmu_->req_vaddr = ~request.address.value();
    mmu_->req_asid = static_cast<SData>(~request.space.asid.value());
    for (unsigned waited = 0; waited < kPatience; ++waited) {
      if (waited == fence_in) changes();
      mmu_->fence = waited == fence_in;
      mmu_->fence_by_address = mmu_->fence_by_asid = 0;
      cycle();
      mmu_->fence = 0;
      if (done_) return response_;
    }
    return std::nullopt;
  }
  void fence(const Fence& fence) {
    mmu_->fence = 1;
    mmu_->fence_by_address = fence.vpn.has_value();
    mmu_->fence_vaddr = fence.vpn ? fence.vpn->value() << kPageShift : 0;
    mmu_->fence_by_asid = fence.asid.has_value();
    mmu_->fence_asid = fence.asid ? fence.asid->value() : 0;
    cycle();
    mmu_->fence = 0;
  }
  /// Whether the latest answer was the TLB's own.
  bool hit() const { return hit_; }

  WalkRequest some_request() {
    WalkRequest request;
    std::uint64_t address = random.below(Tables::kPages + 2) << kPageShift;
    if (random.below(4) == 0) address = (1U << 21U) | random.below(1U << 21U);
    if (random.below(30) == 0) address |= std::uint64_t{1} << (39 + random.below(25));
    request.address = VirtualAddress(address | random.below(1U << kPageShift));
    set_access(request);
    set_space(request, static_cast<std::uint16_t>(random.below(Tables::kSpaces)));
    return request;
  }
  void set_access(WalkRequest& request) {
    request.type = static_cast<AccessType>(random.below(3));
    request.context.privilege = random.below(2) == 0 ? Privilege::user : Privilege::supervisor;
    request.context.sum = random.below(2) == 0 ? Sum::forbidden : Sum::permitted;
    request.context.mxr = random.below(2) == 0 ? Mxr::off : Mxr::on;
  }
  static void set_space(WalkRequest& request, std::uint16_t space) {
    request.space = {PagingModeName::sv39, Tables::root(space), Asid(space)};
  }
  /// A request for small page `page` of `space` that the tables allow.
  WalkRequest allowed_request(std::uint16_t space, std::uint64_t page) {
    WalkRequest request;
    request.address = VirtualAddress(page << kPageShift);
    set_space(request, space);
    do set_access(request);
    while (expected(request, tables).fault);
    return request;
  }

  Random random;
  Tables tables;

 private:
  void drive(const WalkRequest& request) {
    mmu_->req_vaddr = request.address.value();
    mmu_->req_access = static_cast<std::uint8_t>(request.type);
    mmu_->req_privilege = static_cast<std::uint8_t>(request.context.privilege);
    mmu_->req_sum = request.context.sum == Sum::permitted;
    mmu_->req_mxr = request.context.mxr == Mxr::on;
    mmu_->req_asid = request.space.asid.value();
    mmu_->req_root = request.space.root.value();
  }
  void cycle() {
    mmu_->clk = 0;
    const bool answers = asked_;
    mmu_->mem_rsp_valid = answers;
    if (answers) answer();
    mmu_->eval();
    ready_ = mmu_->req_ready != 0;
    asked_ = mmu_->mem_valid != 0;
    update_ = mmu_->mem_update != 0;
    address_ = mmu_->mem_addr;
    expected_ = mmu_->mem_expected;
    desired_ = mmu_->mem_desired;
    done_ = mmu_->rsp_valid != 0;
    hit_ = mmu_->rsp_hit != 0;
    response_ =
        mmu_->rsp_fault != 0 ? Answer{true, mmu_->rsp_cause} : Answer{false, mmu_->rsp_paddr};
    mmu_->clk = 1;
    mmu_->eval();
  }

  void answer() {
    std::uint64_t* word = tables.word(address_);
    mmu_->mem_rsp_error = word == nullptr;
    if (word == nullptr) return;
    mmu_->mem_rsp_data = *word;
    if (update_ && *word == expected_) *word = desired_;
  }

  VerilatedContext context_;
  std::unique_ptr<Model> mmu_;
  bool ready_ = false, asked_ = false, update_ = false, done_ = false, hit_ = false;
  std::uint64_t address_ = 0, expected_ = 0, desired_ = 0;
  Answer response_{};
};

}  // namespace tlmmu
