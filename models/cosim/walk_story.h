// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/arch/paging_mode.h"
#include "models/cosim/walker_ports.h"
#include "models/ptw/walk.h"

namespace tlmmu::cosim {

/// Something that a walker did or was told, and what the model says to it. For people.
struct WalkLine {
  std::string model;
  std::string rtl;
};

/// What happened in one walk, on both sides: kept as values, and told as text when it is wanted.
class WalkStory {
 public:
  struct PmpCheck {
    std::uint64_t address;
    bool store;
    bool permitted;
  };
  struct MemoryRequest {
    bool update;
    std::uint64_t address, expected, desired;
  };
  struct MemoryAnswer {
    std::optional<Pte> found;
  };
  struct Fenced {};
  using Event = std::variant<PmpCheck, MemoryRequest, MemoryAnswer, Fenced, WalkerResponse>;

  /// The model, at that moment, wants or has ended with `model`; empty if it does not walk.
  void add(const std::optional<WalkStep>& model, const Event& event) {
    steps_.push_back({model, event});
  }
  void clear() { steps_.clear(); }
  std::vector<WalkLine> lines(const PagingMode& mode) const;

 private:
  struct Step {
    std::optional<WalkStep> model;
    Event event;
  };
  std::vector<Step> steps_;
};

}  // namespace tlmmu::cosim
