// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated.h>
#include <verilated_fst_c.h>

#include <memory>

#include "models/base/error.h"
#include "models/cosim/model_waves.h"
#include "models/cosim/rtl_walker.h"

namespace tlmmu::cosim {

/// A Verilated model with the ports of the walker contract, as an RtlWalker.
template <class Model>
class VerilatedWalker : public RtlWalker {
 public:
  VerilatedWalker() {
    context_.traceEverOn(true);
    // Registers and don't-cares begin random, but the same in each run.
    context_.randReset(2);
    context_.randSeed(1);
    model_ = std::make_unique<Model>(&context_, "walker");
  }
  ~VerilatedWalker() override {
    close_waves();
    // A model unregisters at the thread's latest context, which may be another walker's.
    Verilated::threadContextp(&context_);
    model_->final();
    model_.reset();
  }

  const WalkerOutputs& settle(const WalkerInputs& in) override {
    Model& m = *model_;
    m.clk = 0;
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
    m.eval();
    out_.req_ready = m.req_ready;
    out_.rsp_valid = m.rsp_valid;
    out_.rsp.outcome = static_cast<RtlOutcome>(m.rsp_outcome);
    out_.rsp.cause = m.rsp_cause;
    out_.rsp.step = m.rsp_step;
    out_.rsp.level = m.rsp_level;
    out_.rsp.ppn = m.rsp_ppn;
    out_.rsp.flags = m.rsp_flags;
    out_.mem_valid = m.mem_valid;
    out_.mem_update = m.mem_update;
    out_.mem_addr = m.mem_addr;
    out_.mem_expected = m.mem_expected;
    out_.mem_desired = m.mem_desired;
    out_.pmp_valid = m.pmp_valid;
    out_.pmp_addr = m.pmp_addr;
    out_.pmp_write = m.pmp_write;
    return out_;
  }

  void tick() override {
    dump();
    model_->clk = 1;
    model_->eval();
    dump();
  }

  void reset() override {
    constexpr unsigned kCycles = 2;
    model_->rst_n = 0;
    for (unsigned i = 0; i < kCycles; ++i) {
      settle(WalkerInputs());
      tick();
    }
    model_->rst_n = 1;
  }

  void open_waves(const std::string& path, const ModelSignals& model) override {
    waves_ = std::make_unique<VerilatedFstC>();
    model_->trace(waves_.get(), kTraceDepth);
    model_waves_ = std::make_unique<ModelWaves>(model, *waves_->spTrace());
    waves_->open(path.c_str());
    if (!waves_->isOpen()) throw HostError(path + ": cannot be written");
  }
  void close_waves() override {
    if (waves_) waves_->close();
    waves_.reset();
  }

 private:
  static constexpr int kTraceDepth = 99;

  void dump() {
    if (waves_) waves_->dump(half_cycles_);
    ++half_cycles_;
  }

  VerilatedContext context_;
  std::unique_ptr<Model> model_;
  std::unique_ptr<VerilatedFstC> waves_;
  std::unique_ptr<ModelWaves> model_waves_;
  std::uint64_t half_cycles_ = 0;
  WalkerOutputs out_;
};

}  // namespace tlmmu::cosim
