// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "models/cosim/walker_bench.h"
#include "models/ptw/page_table_walker.h"

namespace tlmmu::cosim {

/// A PageTableWalker whose walks hardware does: a Verilated walker, whose PTE accesses go through
/// `pte_out` with the same times, statistics and events as the model's. It is clocked only while it
/// walks. Its walk cache is its own; of the configuration only the latencies hold.
///
/// With `lockstep` the model walks beside it, and a difference ends the run: MachineMismatch, with
/// both sides step by step. With `rtl` the hardware is believed, unless it answers nonsense.
///
/// One stage, one paging mode, no Svnapot and no Svpbmt: all else is an InputError, as is a build
/// without hardware.
class RtlPageTableWalker : public PageTableWalker {
 public:
  RtlPageTableWalker(const sc_core::sc_module_name& name, const PtwConfig& config,
                     ClockPeriod clock, std::uint64_t seed, events::Emitter emit = {});
  ~RtlPageTableWalker() override;

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;

 protected:
  void walk_single_stage(Job& job) override;
  void fence_elsewhere(const Fence& fence) override;

 private:
  struct Hardware;

  void build(PagingModeName mode);
  /// Whether `kind` is what was asked for, or may be chosen, and can do what is needed.
  bool suits(const WalkerKind& kind, PagingModeName mode) const;
  WalkStep end_of(const WalkRequest& request) const;
  [[noreturn]] void end_run(const WalkRequest& request);
  /// What memory holds, without time.
  std::optional<Pte> peek(PhysicalAddress address);

  const WalkerImplementation implementation_;
  const std::string chosen_;            ///< a walker's name; empty: one that suits
  std::unique_ptr<Hardware> hardware_;  ///< made by the first walk, which says the mode
};

}  // namespace tlmmu::cosim
