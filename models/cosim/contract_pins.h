// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cosim/walker_ports.h"

namespace tlmmu::cosim {

/// The ports of the walker contract on a Verilated model. A class with these four functions for
/// another walker's ports makes a wrapper in SystemVerilog unnecessary.
template <class Model>
struct ContractPins {
  static void clock(Model& m, bool high) { m.clk = high; }
  static void reset(Model& m, bool asserted) { m.rst_n = !asserted; }

  /// Drives the inputs of a cycle, evaluates, and reads the outputs. May be asked again with other
  /// inputs before the edge.
  static void settle(Model& m, const WalkerInputs& in, WalkerOutputs& out) {
    drive(m, in);
    m.eval();
    read(m, out);
  }

  /// The cycle ends with the inputs of the latest settle(): what the pins themselves remember
  /// changes here. Nothing, where the ports are the contract's.
  static void edge(Model& /*m*/) {}

 private:
  static void drive(Model& m, const WalkerInputs& in) {
    m.req_valid = in.req_valid;
    m.req_vaddr = in.req_vaddr;
    m.req_access = in.req_access;
    m.req_privilege = in.req_privilege;
    m.req_sum = in.req_sum;
    m.req_mxr = in.req_mxr;
    m.req_asid = in.req_asid;
    m.req_root = in.req_root;
    m.rsp_ready = in.rsp_ready;
    m.mem_ready = in.mem_ready;
    m.mem_rsp_valid = in.mem_rsp_valid;
    m.mem_rsp_error = in.mem_rsp_error;
    m.mem_rsp_data = in.mem_rsp_data;
    m.pmp_denied = in.pmp_denied;
    m.fence = in.fence;
    m.fence_by_address = in.fence_by_address;
    m.fence_vaddr = in.fence_vaddr;
    m.fence_by_asid = in.fence_by_asid;
    m.fence_asid = in.fence_asid;
  }

  static void read(const Model& m, WalkerOutputs& out) {
    out.req_ready = m.req_ready;
    out.rsp_valid = m.rsp_valid;
    out.rsp.outcome = static_cast<RtlOutcome>(m.rsp_outcome);
    out.rsp.cause = m.rsp_cause;
    out.rsp.step = m.rsp_step;
    out.rsp.level = m.rsp_level;
    out.rsp.ppn = m.rsp_ppn;
    out.rsp.flags = m.rsp_flags;
    out.mem_valid = m.mem_valid;
    out.mem_update = m.mem_update;
    out.mem_addr = m.mem_addr;
    out.mem_expected = m.mem_expected;
    out.mem_desired = m.mem_desired;
    out.pmp_valid = m.pmp_valid;
    out.pmp_addr = m.pmp_addr;
    out.pmp_write = m.pmp_write;
  }
};

}  // namespace tlmmu::cosim
