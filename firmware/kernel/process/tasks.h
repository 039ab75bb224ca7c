// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/area_calls.h"

namespace tlmmu::kernel {

/// Processes come into being, become other programs, and are waited for.
class Tasks {
 public:
  Tasks(KernelState& state, Mapper& mapper, Allocator& allocator, Ending& ending,
        SpaceKeeper& spaces, AreaCalls& areas)
      : state_(state),
        mapper_(mapper),
        allocator_(allocator),
        ending_(ending),
        spaces_(spaces),
        areas_(areas) {}

  /// A recorded process: every address of the lower half is legal.
  std::optional<ProcessId> create_trace();
  /// A process that starts a program: its segments are mapped, nothing is loaded.
  std::optional<ProcessId> create(const ProgramImage& image);
  CallAnswer fork(Process& parent);
  CallAnswer exec(Process& process, const ProgramImage& image);
  CallAnswer wait(Process& parent);

 private:
  Process* add_process();
  void install_kernel(Ppn root);
  bool is_legal(const ProgramImage& image) const;
  void build(Process& process, const ProgramImage& image);

  // fork
  FaultAnswer gather_tables(Process& parent, FrameQueue& tables);
  void give_back(FrameQueue& tables);
  void give_back_one(FrameQueue& tables);
  void share_areas(Process& parent, Process& child);
  void share_page(const Mapping& of_parent, Process& child, FrameQueue& tables, Pte pte);
  PhysicalAddress leaf_of(Process& child, Vpn page, FrameQueue& tables);

  KernelState& state_;
  Mapper& mapper_;
  Allocator& allocator_;
  Ending& ending_;
  SpaceKeeper& spaces_;
  AreaCalls& areas_;
};

}  // namespace tlmmu::kernel
