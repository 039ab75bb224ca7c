// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/walker_bench.h"

namespace tlmmu::cosim {

namespace {

/// A walk that takes longer never ends: beyond any latency, and races of updates that are lost.
constexpr std::uint64_t kHangs = 20'000;

constexpr unsigned kFewestVirtualBits = 32;  // of all paging modes: Sv32's

bool same_request(const WalkerOutputs& a, const WalkerOutputs& b) {
  return a.mem_update == b.mem_update && a.mem_addr == b.mem_addr &&
         (!a.mem_update || (a.mem_expected == b.mem_expected && a.mem_desired == b.mem_desired));
}

bool same_response(const WalkerResponse& a, const WalkerResponse& b) {
  return a.outcome == b.outcome && a.cause == b.cause && a.step == b.step && a.level == b.level &&
         a.ppn == b.ppn && a.flags == b.flags;
}

}  // namespace

WalkerBench::WalkerBench(RtlWalker& walker, Scoreboard& scoreboard, Environment& environment,
                         const Disturbance& disturbance, std::uint64_t seed)
    : walker_(walker),
      scoreboard_(scoreboard),
      environment_(environment),
      disturbance_(disturbance),
      random_(seed) {
  walker_.reset();
}

std::uint64_t WalkerBench::some(CycleRange range) {
  return range.least == range.most ? range.least
                                   : range.least + random_.below(range.most - range.least + 1);
}

bool WalkerBench::at_once(CycleRange range) {
  return range.most == 0 || (range.least == 0 && random_.below(range.most + 1) == 0);
}

void WalkerBench::drive_request(const WalkRequest& request) {
  in_.req_vaddr = request.address.value();
  in_.req_access = static_cast<std::uint8_t>(request.type);
  in_.req_privilege = static_cast<std::uint8_t>(request.context.privilege);
  in_.req_sum = request.context.sum == Sum::permitted;
  in_.req_mxr = request.context.mxr == Mxr::on;
  in_.req_asid = request.space.asid.value();
  in_.req_root = request.space.root.value();
}

void WalkerBench::drive_fence(const Fence& fence) {
  // Any address in a page names it; what names nothing is anything.
  const std::uint64_t any = random_.next();
  in_.fence = true;
  in_.fence_by_address = fence.vpn.has_value();
  in_.fence_vaddr = any & low_mask(fence.vpn ? kPageShift : kFewestVirtualBits);
  if (fence.vpn) in_.fence_vaddr |= fence.vpn->value() << kPageShift;
  in_.fence_by_asid = fence.asid.has_value();
  in_.fence_asid = fence.asid ? fence.asid->value() : static_cast<std::uint16_t>(any >> 48U);
}

void WalkerBench::fence(const Fence& fence) {
  drive_fence(fence);
  settle();
  see_request(out_);
  see_memory(out_);
  answer_memory();
  scoreboard_.fence(fence);
  see_response(out_);
  scoreboard_.end_of_cycle();
  walker_.tick();
  ++cycle_;
  in_.fence = false;
}

bool WalkerBench::walk(const WalkRequest& request, const std::vector<PlannedFence>& planned,
                       const WalkRequest* next) {
  accepted_ = finished_ = false;
  walk_cycles_ = {};
  drive_request(request);
  in_.req_valid = true;
  auto fence_now = planned.begin();
  for (std::uint64_t waited = 0; !finished_; ++waited) {
    if (waited > kHangs) scoreboard_.report("the walk does not end");
    if (waited > kHangs || !scoreboard_.mismatch().empty()) return false;
    const bool was_accepted = accepted_;
    if (was_accepted && fence_now != planned.end() && fence_now->cycle <= walk_cycles_.total) {
      fence((fence_now++)->fence);
    } else {
      cycle();
    }
    if (accepted_ && !was_accepted) {
      scoreboard_.begin(request);
      in_.req_valid = next != nullptr;
      if (next != nullptr) drive_request(*next);
    }
    if (accepted_) ++walk_cycles_.total;
  }
  return scoreboard_.mismatch().empty();
}

void WalkerBench::settle() {
  in_.mem_rsp_valid = outstanding_ && outstanding_->cycles_left == 1;
  if (in_.mem_rsp_valid) {
    const std::optional<Pte> found = answer_of(outstanding_->pins);
    in_.mem_rsp_error = !found;
    in_.mem_rsp_data = found ? found->raw() : random_.next();
  }
  in_.mem_ready = requested_ ? grant_in_ == 0 : at_once(disturbance_.grant);
  in_.rsp_ready = offered_ ? take_in_ == 0 : at_once(disturbance_.take);
  in_.pmp_denied = false;
  out_ = walker_.settle(in_);
  if (!out_.pmp_valid) return;
  const AccessType type = out_.pmp_write ? AccessType::store : AccessType::load;
  const bool permitted = environment_.permits(PhysicalAddress(out_.pmp_addr), type);
  scoreboard_.check(out_.pmp_addr, type, permitted);
  if (permitted) return;
  in_.pmp_denied = true;
  out_ = walker_.settle(in_);
}

void WalkerBench::see_request(const WalkerOutputs& out) {
  if (!in_.req_valid || !out.req_ready) return;
  if (in_.fence) return scoreboard_.report("a request was accepted together with a fence");
  if (accepted_) return scoreboard_.report("a request was accepted while a walk was under way");
  accepted_ = true;
}

void WalkerBench::cycle() {
  settle();
  see_request(out_);
  see_memory(out_);
  answer_memory();
  see_response(out_);
  scoreboard_.end_of_cycle();
  walker_.tick();
  ++cycle_;
}

void WalkerBench::see_memory(const WalkerOutputs& out) {
  if (outstanding_) ++walk_cycles_.memory;
  if (requested_ && (!out.mem_valid || !same_request(*requested_, out))) {
    return scoreboard_.report("a request to memory changed before it was granted");
  }
  if (!out.mem_valid) return;
  if (outstanding_) return scoreboard_.report("a second request to memory at once");
  if (!requested_) {
    scoreboard_.access(out);
    requested_ = out;
    if (!in_.mem_ready) grant_in_ = some(disturbance_.grant);
  }
  if (in_.mem_ready) {
    outstanding_ = Outstanding{out, some(disturbance_.memory_latency) + 1};
    requested_.reset();
  } else {
    ++walk_cycles_.memory;
    if (grant_in_ != 0) --grant_in_;
  }
}

std::optional<Pte> WalkerBench::answer_of(const WalkerOutputs& pins) {
  const PhysicalAddress address(pins.mem_addr);
  if (!pins.mem_update) return environment_.read(address);
  return environment_.compare_and_swap(address, Pte(pins.mem_expected), Pte(pins.mem_desired));
}

void WalkerBench::answer_memory() {
  if (!outstanding_) return;
  if (in_.mem_rsp_valid) {
    std::optional<Pte> found;
    if (!in_.mem_rsp_error) found = Pte(in_.mem_rsp_data);
    scoreboard_.answer(found);
    outstanding_.reset();
    in_.mem_rsp_valid = false;
  } else {
    --outstanding_->cycles_left;
  }
}

void WalkerBench::see_response(const WalkerOutputs& out) {
  if (offered_) {
    const bool turned = out.rsp.outcome == RtlOutcome::aborted && scoreboard_.aborted();
    if (!out.rsp_valid || (!same_response(*offered_, out.rsp) && !turned)) {
      return scoreboard_.report("an answer changed before it was taken");
    }
  }
  if (!out.rsp_valid) return;
  if (!offered_) {
    answered_ = walk_cycles_;
    if (!in_.rsp_ready) take_in_ = some(disturbance_.take);
  }
  offered_ = out.rsp;
  if (!in_.rsp_ready) {
    if (take_in_ != 0) --take_in_;
    return;
  }
  offered_.reset();
  response_ = out.rsp;
  finished_ = true;
  scoreboard_.finish(response_, answered_);
}

}  // namespace tlmmu::cosim
