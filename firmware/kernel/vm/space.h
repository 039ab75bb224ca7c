// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/huge_pages.h"

namespace tlmmu::kernel {

/// Gives back what address spaces hold: pages, areas, tables, attachments.
class SpaceKeeper {
 public:
  SpaceKeeper(KernelState& state, Mapper& mapper, HugePages& huge)
      : state_(state), mapper_(mapper), huge_(huge), tables_(state.machine, state.mode) {}

  /// The pages of `range` are gone: frames and slots that nobody else uses are free.
  void zap(Process& process, const PageRange& range);
  /// The tables that no area needs any more where those of `range` went (Linux, free_pgtables).
  void free_unused_tables(Process& process, const PageRange& range);
  /// The whole user half with its areas and tables, except the root; fences.
  void clear(Process& process);
  /// The root, which is all that is left.
  void free_root(Process& process);
  /// Takes `area` out of the tree and gives it back. Its pages are gone already.
  void free_area(Process& process, Area& area);
  /// One attachment less; a removed segment goes with the last one.
  void detach(SharedSegment& segment);
  void destroy(SharedSegment& segment);

  /// One PTE that its process gives up.
  void free_page(const Mapping& user, Pte pte, Teardown teardown);
  /// A frame that has lost its last user, for another reason than reclaim.
  void unused(Frame& frame);
  /// A slot that has lost a reference.
  void slot_unreferenced(DiskBlock slot);
  /// A frame that nobody maps, refers to or waits for; what moves goes when it has arrived.
  void drop_unneeded(Frame& frame);

  const PageTables& tables() const { return tables_; }
  HugePages& huge() { return huge_; }

 private:
  void free_tables(Process& process, Ppn table, unsigned level, Vpn base);
  bool free_unused_below(Process& process, Ppn table, unsigned level, Vpn base,
                         const PageRange& range);
  void release_empty(Process& process, Ppn table, unsigned level);
  void release_table(Process& process, Ppn table);

  KernelState& state_;
  Mapper& mapper_;
  HugePages& huge_;
  PageTables tables_;
};

}  // namespace tlmmu::kernel
