// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cosim/walker_ports.h"

namespace tlmmu::examples {

/// `small_ptw` driven without a wrapper in SystemVerilog: what small_walker.sv adds around it, as a
/// C++ class (docs/bring_your_own_walker.md). The walker's outputs depend on its registers alone,
/// so they are known before the inputs are.
template <class Model>
class SmallPins {
 public:
  static void clock(Model& m, bool high) { m.clk_i = high; }

  void reset(Model& m, bool asserted) {
    m.rst_ni = !asserted;
    held_ = {};
    now_ = next_ = {};
  }

  void settle(Model& m, const cosim::WalkerInputs& in, cosim::WalkerOutputs& out) {
    const bool abort = now_.aborted || in.fence;
    out.req_ready = m.busy_o == 0 && !now_.started && !in.fence;
    ask(m, out, abort);
    answer(m, out, abort);
    drive(m, in);
    remember(m, in, out, abort);
    m.eval();
  }

  void edge(Model& m) {
    now_ = next_;
    if (!accepted_) return;
    m.va_i = held_.req_vaddr;
    m.fetch_i = held_.req_access == kFetch;
    m.store_i = held_.req_access == kStore;
    m.user_i = held_.req_privilege == 0;
    m.sum_i = held_.req_sum;
    m.mxr_i = held_.req_mxr;
    m.root_i = held_.req_root;
  }

 private:
  static constexpr std::uint8_t kFetch = 0, kLoad = 1, kStore = 2;

  /// What the pins remember from one cycle to the next.
  struct State {
    bool started = false;  ///< a request was accepted in the cycle before
    bool checked = false;  ///< the access that is asked for was shown to PMP,
    bool denied = false;   ///< which refused it,
    bool refuse = false;   ///< and that is answered now
    bool aborted = false;  ///< a fence came since the walk began
  };

  /// An access is shown to PMP for a cycle, and then stands at memory's port or is refused.
  void ask(const Model& m, cosim::WalkerOutputs& out, bool abort) const {
    const bool wanted = m.mem_req_o != 0;
    out.pmp_valid = wanted && !now_.checked && !abort;
    out.pmp_addr = m.mem_addr_o;
    out.pmp_write = false;
    out.mem_valid = wanted && now_.checked && !now_.denied;
    out.mem_update = false;
    out.mem_addr = m.mem_addr_o;
  }

  void answer(const Model& m, cosim::WalkerOutputs& out, bool abort) const {
    const bool fault = m.bus_fault_o != 0 || m.page_fault_o != 0;
    out.rsp_valid = m.done_o != 0;
    out.rsp.outcome = abort   ? cosim::RtlOutcome::aborted
                      : fault ? cosim::RtlOutcome::faulted
                              : cosim::RtlOutcome::translated;
    out.rsp.cause = cause(m.bus_fault_o != 0);
    out.rsp.step = m.step_o;
    out.rsp.level = m.level_o;
    out.rsp.ppn = m.pte_o >> kPpnShift & kPpnMask;
    out.rsp.flags = static_cast<std::uint8_t>((m.pte_o & kFlagsMask) | (m.global_o != 0 ? kG : 0));
  }

  /// 1, 5 and 7 are access faults, 12, 13 and 15 page faults: of fetch, load and store.
  std::uint8_t cause(bool access_fault) const {
    switch (held_.req_access) {
      case kFetch:
        return access_fault ? 1 : 12;
      case kLoad:
        return access_fault ? 5 : 13;
      default:
        return access_fault ? 7 : 15;
    }
  }

  void drive(Model& m, const cosim::WalkerInputs& in) const {
    m.start_i = now_.started && m.busy_o == 0;
    m.mem_gnt_i = now_.checked && (now_.denied || in.mem_ready);
    m.mem_rvalid_i = now_.refuse || in.mem_rsp_valid;
    m.mem_err_i = now_.refuse || in.mem_rsp_error;
    m.mem_rdata_i = in.mem_rsp_data;
    m.take_i = in.rsp_ready;
  }

  void remember(const Model& m, const cosim::WalkerInputs& in, const cosim::WalkerOutputs& out,
                bool abort) {
    const bool wanted = m.mem_req_o != 0;
    const bool busy = m.busy_o != 0;
    accepted_ = in.req_valid && out.req_ready;
    if (accepted_) held_ = in;
    next_.started = accepted_;
    next_.checked = wanted && !(now_.checked && m.mem_gnt_i != 0);
    next_.denied = wanted && !now_.checked ? in.pmp_denied || abort : now_.denied;
    next_.refuse = wanted && now_.checked && now_.denied;
    next_.aborted = abort && (busy || now_.started) && !(out.rsp_valid && in.rsp_ready);
  }

  static constexpr unsigned kPpnShift = 10;
  static constexpr std::uint64_t kPpnMask = (std::uint64_t{1} << 44) - 1;
  static constexpr std::uint64_t kFlagsMask = 0xff;
  static constexpr std::uint8_t kG = 1 << 5;

  cosim::WalkerInputs held_;  // of the walk under way; the walker wants its inputs to stay
  bool accepted_ = false;
  State now_;
  State next_;
};

}  // namespace tlmmu::examples
