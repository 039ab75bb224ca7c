// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include "models/cosim/rtl_walker.h"

namespace tlmmu::cosim {

/// A walker whose latest cycles can be drawn when something has happened in them: a second one of
/// the same kind is given the same inputs, so many cycles later.
class RecordedWalker : public RtlWalker {
 public:
  /// `model` is what the model does, and outlives the last tick().
  RecordedWalker(const WalkerKind& kind, const ModelSignals& model)
      : walker_(kind.make()), behind_(kind.make()), model_(model) {}

  const WalkerOutputs& settle(const WalkerInputs& inputs) override;
  void tick() override;
  void reset() override;
  /// Of the walker itself, from now on.
  void open_waves(const std::string& path, const ModelSignals& model) override;
  void write_coverage(const std::string& path) override { walker_->write_coverage(path); }
  void close_waves() override;

  /// Writes the cycles up to now, of both sides, to a waveform file, FST. Only once, and after it
  /// no cycle. Throws HostError if it cannot.
  void draw(const std::string& path);

 private:
  /// How far the second walker is behind: a dozen walks or more.
  static constexpr std::size_t kCycles = 512;

  struct Cycle {
    WalkerInputs inputs;
    ModelSignals model;
  };
  void follow();

  std::unique_ptr<RtlWalker> walker_;
  std::unique_ptr<RtlWalker> behind_;
  const ModelSignals& model_;
  ModelSignals shown_;  ///< the model's at the cycle of `behind_`
  WalkerInputs inputs_;
  std::deque<Cycle> cycles_;
};

}  // namespace tlmmu::cosim
