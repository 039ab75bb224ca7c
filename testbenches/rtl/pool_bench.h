// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated.h>

#include <memory>

#include "testbenches/rtl/pool_memory_port.h"
#include "testbenches/rtl/pool_requesters.h"
#include "testbenches/rtl/wide_bits.h"

namespace tlmmu {

/// Drives a Verilated `ptw_pool` in Sv39 with Svadu, and holds it against the model. The first
/// mismatch is kept.
template <class Model>
class PoolBench {
 public:
  static constexpr unsigned kRequesters = PoolRequesters<Model>::kCount;
  static constexpr unsigned kWalkers = PoolMemoryPort<Model>::kWalkers;

  explicit PoolBench(std::uint64_t seed)
      : random_(seed),
        memory_(kSv39),
        requesters_(random_, memory_),
        memory_port_(random_, memory_) {
    context_.randReset(2);
    context_.randSeed(1);
    pool_ = std::make_unique<Model>(&context_, "pool");
    pool_->rst_ni = 0;
    for (int i = 0; i < 2; ++i) {
      settle();
      tick();
    }
    pool_->rst_ni = 1;
  }
  ~PoolBench() {
    Verilated::threadContextp(&context_);
    pool_.reset();
  }
  PoolBench(const PoolBench&) = delete;
  PoolBench& operator=(const PoolBench&) = delete;
  VerilatedContext& context() { return context_; }

  /// One cycle of `traffic`. False after a mismatch.
  bool cycle(const PoolTraffic& traffic) {
    requesters_.drive(*pool_, traffic);
    pool_->mem_ready_i = !chance(random_, traffic.busy);
    memory_port_.answer(*pool_);
    pool_->fence_i = chance(random_, traffic.fence);
    const bool full_fence = drive_fence();
    settle();
    report(memory_port_.see(*pool_, traffic.latency));
    report(requesters_.see(*pool_));
    tick();
    // After a fence of everything, memory may be another.
    if (pool_->fence_i && full_fence && random_.below(2) == 0) requesters_.renew();
    return mismatch_.empty();
  }

  PoolRequesters<Model>& requesters() { return requesters_; }
  const PoolCounts& counts() const { return requesters_.counts(); }
  const PoolMemoryPort<Model>& memory_port() const { return memory_port_; }
  const std::string& mismatch() const { return mismatch_; }

 private:
  void report(const std::string& what) {
    if (mismatch_.empty()) mismatch_ = what;
  }

  /// Says what a fence names; whether it names everything.
  bool drive_fence() {
    const bool full = random_.below(2) == 0;
    put_bits(pool_->fence_info_i, 81, 1, full ? 0 : random_.below(2));
    put_bits(pool_->fence_info_i, 17, 64, requesters_.requests().next().address.value());
    put_bits(pool_->fence_info_i, 16, 1, full ? 0 : random_.below(2));
    put_bits(pool_->fence_info_i, 0, 16, random_.below(PoolRequests::kSpaces));
    return full;
  }
  void settle() {
    pool_->clk_i = 0;
    pool_->pmp_denied_i = 0;
    pool_->eval();
    for (unsigned i = 0; i < kWalkers; ++i) {
      if ((pool_->pmp_valid_o >> i & 1U) == 0) continue;
      const PhysicalAddress address(get_bits(pool_->pmp_addr_o, i * 56, 56));
      const bool store = (pool_->pmp_write_o >> i & 1U) != 0;
      if (!memory_.permits(address, store ? AccessType::store : AccessType::load)) {
        raise_bit(pool_->pmp_denied_i, i);
      }
    }
    if (pool_->pmp_denied_i != 0) pool_->eval();
  }
  void tick() {
    pool_->clk_i = 1;
    pool_->eval();
    pool_->clk_i = 0;
  }

  VerilatedContext context_;
  std::unique_ptr<Model> pool_;
  Random random_;
  PoolMemory memory_;
  PoolRequesters<Model> requesters_;
  PoolMemoryPort<Model> memory_port_;
  std::string mismatch_;
};

}  // namespace tlmmu
