// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated.h>

#include <array>
#include <memory>
#include <string>

#include "testbenches/rtl/pool_memory_port.h"
#include "testbenches/rtl/pool_pins.h"
#include "testbenches/rtl/pool_requests.h"
#include "testbenches/rtl/wide_bits.h"

namespace tlmmu {

/// Drives a Verilated `ptw_pool` in Sv39 with Svadu, and holds it against the model: every request
/// that is accepted is answered once, and right; equal ones that are under way are one walk; a
/// fence aborts all; nobody waits for ever. The first mismatch is kept.
template <class Model>
class PoolBench {
 public:
  static constexpr unsigned kRequesters = 4, kWalkers = PoolMemoryPort<Model>::kWalkers;

  explicit PoolBench(std::uint64_t seed)
      : random_(seed), memory_(kSv39), requests_(random_, memory_), memory_port_(random_, memory_) {
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

  /// One cycle of `traffic`. False after a mismatch.
  bool cycle(const PoolTraffic& traffic) {
    ++cycle_;
    make_requests(traffic);
    const bool fence = drive(traffic);
    settle();
    report(memory_port_.see(*pool_, traffic.latency));
    see_answers(fence);
    see_requests();
    tick();
    if (fence) after_fence();
    return mismatch_.empty();
  }
  /// From the next cycle on, `requester`, which has no request, asks for this.
  void ask(unsigned requester, const WalkRequest& request) {
    requesters_[requester] = {State::asks, request, cycle_, 0, false, {}, {}};
  }
  bool idle() const {
    for (const Requester& each : requesters_) {
      if (each.state != State::idle) return false;
    }
    return true;
  }

  PoolRequests& requests() { return requests_; }
  const std::string& mismatch() const { return mismatch_; }
  std::uint64_t walks() const { return walks_; }
  std::uint64_t joined() const { return joined_; }
  std::uint64_t answers() const { return answers_; }
  std::uint64_t aborted() const { return aborted_; }
  std::uint64_t answers_of(unsigned requester) const { return answers_of_[requester]; }
  const PoolMemoryPort<Model>& memory_port() const { return memory_port_; }

 private:
  enum class State : std::uint8_t { idle, asks, waits };
  struct Requester {
    State state = State::idle;
    WalkRequest request;
    std::uint64_t since = 0;  ///< cycle in which the state began
    std::uint64_t walk = 0;   ///< number of its walk
    bool fenced = false;      ///< since it was accepted
    std::optional<cosim::WalkerResponse> offered;
    std::optional<WalkRequest> next;  ///< stands at the port while it waits
  };
  static constexpr std::uint64_t kPatience = 2'000;  ///< in cycles

  void report(const std::string& what) {
    if (mismatch_.empty()) mismatch_ = what;
  }
  bool chance(std::uint64_t odds) { return odds != 0 && random_.below(odds) == 0; }

  void make_requests(const PoolTraffic& traffic) {
    for (unsigned i = 0; i < kRequesters; ++i) {
      Requester& each = requesters_[i];
      if (each.state == State::asks || each.next || !chance(traffic.request)) continue;
      WalkRequest request = requests_.next();
      if (traffic.all_different) {
        request.address = VirtualAddress(i << 30U | random_.below(64) << kPageShift);
      }
      if (each.state == State::idle) {
        ask(i, request);
      } else {
        each.next = request;
      }
    }
  }

  /// Sets the inputs of a cycle; whether there is a fence.
  bool drive(const PoolTraffic& traffic) {
    pool_->req_valid_i = 0;
    pool_->rsp_ready_i = 0;
    waiting_ = 0;
    for (unsigned i = 0; i < kRequesters; ++i) {
      const Requester& each = requesters_[i];
      if (each.state == State::waits) waiting_ |= 1U << i;
      if (each.state == State::asks || each.next) raise_bit(pool_->req_valid_i, i);
      put_request(pool_->req_i, i, each.next.value_or(each.request));
      if (!chance(traffic.late)) raise_bit(pool_->rsp_ready_i, i);
    }
    pool_->mem_ready_i = !chance(traffic.busy);
    memory_port_.answer(*pool_);
    pool_->fence_i = chance(traffic.fence);
    if (pool_->fence_i) {
      full_fence_ = random_.below(2) == 0;
      put_bits(pool_->fence_info_i, 81, 1, full_fence_ ? 0 : random_.below(2));
      put_bits(pool_->fence_info_i, 17, 64, requests_.next().address.value());
      put_bits(pool_->fence_info_i, 16, 1, full_fence_ ? 0 : random_.below(2));
      put_bits(pool_->fence_info_i, 0, 16, random_.below(PoolRequests::kSpaces));
    }
    return pool_->fence_i != 0;
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

  void see_answers(bool fence) {
    for (unsigned i = 0; i < kRequesters; ++i) {
      Requester& each = requesters_[i];
      if (each.state == State::waits) each.fenced = each.fenced || fence;
      if (each.state != State::idle && cycle_ - each.since > kPatience) {
        report(each.state == State::asks ? "a request is never accepted" : "no answer");
      }
      const bool valid = (pool_->rsp_valid_o >> i & 1U) != 0;
      if (!valid) {
        if (each.offered) report("an answer was taken back");
        continue;
      }
      if (each.state != State::waits) return report("an answer without a request");
      each.offered = get_response(pool_->rsp_o, i);
      if ((pool_->rsp_ready_i >> i & 1U) == 0) continue;
      judge(each, *each.offered);
      ++answers_;
      ++answers_of_[i];
      const std::optional<WalkRequest> next = each.next;
      each = Requester();
      if (next) ask(i, *next);
    }
  }
  void judge(const Requester& requester, const cosim::WalkerResponse& response) {
    const bool aborted = response.outcome == cosim::RtlOutcome::aborted;
    aborted_ += aborted ? 1 : 0;
    if (aborted != requester.fenced) {
      return report(aborted ? "aborted without a fence" : "an answer of before a fence");
    }
    if (!aborted && !is_answer_to(requester.request, response, memory_)) {
      report("another answer than the model's");
    }
  }

  void see_requests() {
    for (unsigned i = 0; i < kRequesters; ++i) {
      Requester& each = requesters_[i];
      const bool ready = (pool_->req_ready_o >> i & 1U) != 0;
      if (!ready || (pool_->req_valid_i >> i & 1U) == 0) continue;
      if ((waiting_ >> i & 1U) != 0) return report("a second request of a requester was accepted");
      if (pool_->fence_i) return report("a request was accepted together with a fence");
      const std::optional<std::uint64_t> walk = walk_to_join(each.request);
      const bool joins = (pool_->req_joins_o >> i & 1U) != 0;
      if (joins != walk.has_value()) {
        return report(joins ? "joined another walk" : "the same is walked twice");
      }
      (joins ? joined_ : walks_) += 1;
      each.walk = walk.value_or(walks_);
      each.state = State::waits;
      each.since = cycle_;
      if (!joins) begun_ = each.walk;
    }
  }
  /// The walk under way that `request` has to join: before this cycle it began, and has no answer.
  std::optional<std::uint64_t> walk_to_join(const WalkRequest& request) const {
    for (const Requester& other : requesters_) {
      if (other.state != State::waits || other.fenced || other.offered) continue;
      if (other.since == cycle_ && other.walk == begun_) continue;
      if (is_same_walk(other.request, request)) return other.walk;
    }
    return std::nullopt;
  }

  void after_fence() {
    if (!full_fence_ || random_.below(2) == 0) return;
    requests_.renew();
    // Requests that are asked but not accepted name the tables of before, and are asked anew.
    for (Requester& each : requesters_) {
      if (each.state == State::asks) each.request = requests_.next();
      if (each.next) each.next = requests_.next();
    }
  }

  VerilatedContext context_;
  std::unique_ptr<Model> pool_;
  Random random_;
  PoolMemory memory_;
  PoolRequests requests_;
  PoolMemoryPort<Model> memory_port_;
  std::array<Requester, kRequesters> requesters_;
  bool full_fence_ = false;
  unsigned waiting_ = 0;     ///< who waited at the beginning of the cycle
  std::uint64_t begun_ = 0;  ///< number of the walk that began last
  std::uint64_t cycle_ = 0;
  std::uint64_t walks_ = 0, joined_ = 0, answers_ = 0, aborted_ = 0;
  std::array<std::uint64_t, kRequesters> answers_of_{};
  std::string mismatch_;
};

}  // namespace tlmmu
