// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "testbenches/rtl/mmu_tables.h"

namespace tlmmu {

/// Memory and PMP at the ports of a Verilated `mmu_top`: it grants and answers when it likes. What
/// says nothing at the moment is random.
template <class Model>
class MmuMemoryPort {
 public:
  MmuMemoryPort(Random& random, Tables& tables) : random_(random), tables_(tables) {}

  /// Sets memory's inputs of the next cycle.
  void drive(Model& mmu) {
    mmu.mem_ready = random_.below(3) != 0;
    mmu.mem_rsp_valid = out_ && out_->cycles_left == 0;
    mmu.mem_rsp_error = random_.below(2) == 0;
    mmu.mem_rsp_data = random_.next();
    if (mmu.mem_rsp_valid) {
      answer(mmu);
    } else if (out_) {
      --out_->cycles_left;
    }
  }
  /// Answers what PMP is asked in a cycle.
  void check(Model& mmu) {
    mmu.pmp_denied = random_.below(2) == 0;
    mmu.eval();
    if (!mmu.pmp_valid) return;
    mmu.pmp_denied = !tables_.permits(mmu.pmp_addr, type_of(mmu.pmp_write));
    mmu.eval();
  }
  /// Looks at the outputs. What is wrong with them, or nothing.
  std::string see(const Model& mmu) {
    if (!mmu.mem_valid) return asked_ ? "a request to memory was withdrawn" : "";
    const Request now{mmu.mem_update != 0, mmu.mem_addr, mmu.mem_expected, mmu.mem_desired,
                      random_.below(kLatency)};
    if (asked_ && (asked_->update != now.update || asked_->address != now.address ||
                   asked_->expected != now.expected || asked_->desired != now.desired)) {
      return "a request to memory changed before it was granted";
    }
    if (out_) return "a second request to memory at once";
    if (!tables_.permits(now.address, type_of(now.update))) {
      return "memory is asked for what PMP denies";
    }
    asked_ = now;
    if (!mmu.mem_ready) return "";
    asked_.reset();
    out_ = now;
    return "";
  }

 private:
  struct Request {
    bool update;
    std::uint64_t address, expected, desired;
    std::uint64_t cycles_left;
  };
  static constexpr std::uint64_t kLatency = 5;  ///< answers come after as many cycles at most

  static AccessType type_of(bool update) { return update ? AccessType::store : AccessType::load; }
  void answer(Model& mmu) {
    std::uint64_t* word = tables_.word(out_->address);
    mmu.mem_rsp_error = word == nullptr;
    if (word != nullptr) {
      mmu.mem_rsp_data = *word;
      if (out_->update && *word == out_->expected) *word = out_->desired;
    }
    out_.reset();
  }

  Random& random_;
  Tables& tables_;
  std::optional<Request> asked_;  ///< not granted yet
  std::optional<Request> out_;    ///< granted, not answered yet
};

}  // namespace tlmmu
