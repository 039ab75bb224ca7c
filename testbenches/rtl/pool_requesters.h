// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "testbenches/rtl/pool_pins.h"
#include "testbenches/rtl/pool_requester.h"
#include "testbenches/rtl/pool_requests.h"

namespace tlmmu {

/// Those who ask a Verilated `ptw_pool`, and what they may expect of it: each request that is
/// accepted is answered once, and right; equal ones that are under way are one walk; a fence aborts
/// all; nobody waits for ever.
template <class Model>
class PoolRequesters {
 public:
  static constexpr unsigned kCount = 4;

  PoolRequesters(Random& random, PoolMemory& memory)
      : random_(random), memory_(memory), requests_(random, memory) {}

  /// From now on `requester`, which has no request, asks for this.
  void ask(unsigned requester, const WalkRequest& request) {
    PoolRequester& each = requesters_[requester] = PoolRequester();
    each.state = State::asks;
    each.request = request;
    each.since = cycle_;
  }
  bool idle() const {
    for (const PoolRequester& each : requesters_) {
      if (each.state != State::idle) return false;
    }
    return true;
  }

  /// Sets the inputs of the next cycle.
  void drive(Model& pool, const PoolTraffic& traffic) {
    ++cycle_;
    pool.req_valid_i = 0;
    pool.rsp_ready_i = 0;
    waiting_ = 0;
    for (unsigned i = 0; i < kCount; ++i) {
      if (chance(random_, traffic.request)) make_request(i, traffic);
      const PoolRequester& each = requesters_[i];
      if (each.state == State::waits) waiting_ |= 1U << i;
      if (each.state == State::asks || each.next) raise_bit(pool.req_valid_i, i);
      put_request(pool.req_i, i, each.next.value_or(each.request));
      if (!chance(random_, traffic.late)) raise_bit(pool.rsp_ready_i, i);
    }
  }
  /// Looks at the outputs. What is wrong with them, or nothing.
  std::string see(const Model& pool) {
    std::string wrong;
    for (unsigned i = 0; i < kCount && wrong.empty(); ++i) wrong = see_answer(pool, i);
    for (unsigned i = 0; i < kCount && wrong.empty(); ++i) wrong = see_acceptance(pool, i);
    return wrong;
  }
  /// From now on other tables. Requests that are asked but not accepted are asked anew, because
  /// they name those of before.
  void renew() {
    requests_.renew();
    for (PoolRequester& each : requesters_) {
      if (each.state == State::asks) each.request = requests_.next();
      if (each.next) each.next = requests_.next();
    }
  }

  PoolRequests& requests() { return requests_; }
  const PoolCounts& counts() const { return counts_; }
  std::uint64_t answers_of(unsigned requester) const { return answers_of_[requester]; }

 private:
  using State = PoolRequester::State;
  static constexpr std::uint64_t kPatience = 2'000;  ///< in cycles

  void make_request(unsigned number, const PoolTraffic& traffic) {
    PoolRequester& each = requesters_[number];
    if (each.state == State::asks || each.next) return;
    const WalkRequest request = traffic.all_different ? requests_.own(number) : requests_.next();
    if (each.state == State::idle) {
      ask(number, request);
    } else {
      each.next = request;
    }
  }

  std::string see_answer(const Model& pool, unsigned number) {
    PoolRequester& each = requesters_[number];
    if (each.state == State::waits) each.fenced = each.fenced || pool.fence_i;
    if (each.state != State::idle && cycle_ - each.since > kPatience) {
      return each.state == State::asks ? "a request is never accepted" : "no answer";
    }
    const bool offered = (pool.rsp_valid_o >> number & 1U) != 0;
    if (!offered) return each.offered ? "an answer was taken back" : "";
    if (each.state != State::waits) return "an answer without a request";
    each.offered = get_response(pool.rsp_o, number);
    if ((pool.rsp_ready_i >> number & 1U) == 0) return "";
    const std::string wrong = judge(each, memory_);
    ++counts_.answers;
    counts_.aborted += each.fenced ? 1 : 0;
    ++answers_of_[number];
    const std::optional<WalkRequest> next = each.next;
    each = PoolRequester();
    if (next) ask(number, *next);
    return wrong;
  }

  std::string see_acceptance(const Model& pool, unsigned number) {
    PoolRequester& each = requesters_[number];
    const unsigned accepted = pool.req_ready_o & pool.req_valid_i;
    if ((accepted >> number & 1U) == 0) return "";
    if ((waiting_ >> number & 1U) != 0) return "a second request of a requester was accepted";
    if (pool.fence_i) return "a request was accepted together with a fence";
    const std::optional<std::uint64_t> walk = walk_to_join(requesters_, each.request, cycle_);
    const bool joins = (pool.req_joins_o >> number & 1U) != 0;
    if (joins != walk.has_value()) {
      return joins ? "joined another walk" : "the same is walked twice";
    }
    (joins ? counts_.joined : counts_.walks) += 1;
    each.walk = walk.value_or(counts_.walks);
    each.joined = joins;
    each.state = State::waits;
    each.since = cycle_;
    return "";
  }

  Random& random_;
  PoolMemory& memory_;
  PoolRequests requests_;
  std::array<PoolRequester, kCount> requesters_;
  unsigned waiting_ = 0;  ///< who waited at the beginning of the cycle
  std::uint64_t cycle_ = 0;
  PoolCounts counts_;
  std::array<std::uint64_t, kCount> answers_of_{};
};

}  // namespace tlmmu
