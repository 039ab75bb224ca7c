// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/recorded_walker.h"

namespace tlmmu::cosim {

const WalkerOutputs& RecordedWalker::settle(const WalkerInputs& inputs) {
  inputs_ = inputs;
  return walker_->settle(inputs);
}

void RecordedWalker::tick() {
  walker_->tick();
  cycles_.push_back({inputs_, model_});
  if (cycles_.size() > kCycles) follow();
}

void RecordedWalker::follow() {
  shown_ = cycles_.front().model;
  behind_->settle(cycles_.front().inputs);
  behind_->tick();
  cycles_.pop_front();
}

void RecordedWalker::reset() {
  cycles_.clear();
  walker_->reset();
  behind_->reset();
}

void RecordedWalker::open_waves(const std::string& path, const ModelSignals& model) {
  walker_->open_waves(path, model);
}

void RecordedWalker::close_waves() {
  walker_->close_waves();
}

void RecordedWalker::draw(const std::string& path) {
  behind_->open_waves(path, shown_);
  while (!cycles_.empty()) follow();
  behind_->close_waves();
}

}  // namespace tlmmu::cosim
