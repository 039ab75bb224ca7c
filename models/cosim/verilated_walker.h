// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated.h>
#include <verilated_cov.h>
#include <verilated_fst_c.h>

#include <memory>

#include "models/base/error.h"
#include "models/cosim/contract_pins.h"
#include "models/cosim/model_waves.h"
#include "models/cosim/rtl_walker.h"

namespace tlmmu::cosim {

/// A Verilated model as an RtlWalker. `Pins` knows the model's ports: it is ContractPins where they
/// are those of the walker contract, and a class like it for others.
template <class Model, template <class> class Pins = ContractPins>
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
    pins_.clock(*model_, false);
    pins_.settle(*model_, in, out_);
    return out_;
  }

  void tick() override {
    dump();
    pins_.edge(*model_);
    pins_.clock(*model_, true);
    model_->eval();
    dump();
  }

  void reset() override {
    constexpr unsigned kCycles = 2;
    pins_.reset(*model_, true);
    for (unsigned i = 0; i < kCycles; ++i) {
      settle(WalkerInputs());
      tick();
    }
    pins_.reset(*model_, false);
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

  void write_coverage([[maybe_unused]] const std::string& path) override {
#if VM_COVERAGE
    context_.coveragep()->write(path.c_str());
#endif
  }

 private:
  static constexpr int kTraceDepth = 99;

  void dump() {
    if (waves_) waves_->dump(half_cycles_);
    ++half_cycles_;
  }

  VerilatedContext context_;
  std::unique_ptr<Model> model_;
  Pins<Model> pins_;
  std::unique_ptr<VerilatedFstC> waves_;
  std::unique_ptr<ModelWaves> model_waves_;
  std::uint64_t half_cycles_ = 0;
  WalkerOutputs out_;
};

}  // namespace tlmmu::cosim
