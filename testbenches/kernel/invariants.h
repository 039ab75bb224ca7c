// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/kernel/portable_kernel_stats.h"
#include "models/stats/snapshot.h"
#include "testbenches/kernel/kernel_bench.h"

namespace tlmmu::kernel::testing {

/// Walks all page tables and holds them against the frame table, the slot map, the TLB and the
/// laws.
class Invariants {
 public:
  explicit Invariants(KernelBench& bench) : bench_(bench), state_(bench.kernel.state()) {}

  void check() {
    for (std::uint32_t i = 0; i < state_.processes.size(); ++i) {
      const Process& process = state_.processes.at(ProcessId(i));
      if (process.state == ProcessState::zombie) {
        EXPECT_EQ(process.resident + process.page_tables, 0U) << "a zombie holds memory";
        continue;
      }
      if (process.state == ProcessState::blocked) {
        EXPECT_EQ(process.pinned, nullptr) << "it waits and holds a frame that others may need";
      }
      resident_ = tables_ = 0;
      walk(process, process.root, paging_mode(state_.settings.mode).levels - 1, 0);
      EXPECT_EQ(process.resident, resident_);
      EXPECT_EQ(process.page_tables, tables_);
      all_tables_ += tables_;
    }
    EXPECT_EQ(bench_.frame_counts().page_tables, all_tables_);
    check_tlb();
    const stats::Snapshot snapshot{PortableKernelStats(bench_.kernel)};
    for (const stats::Law& law : snapshot.laws()) {
      EXPECT_TRUE(law.holds()) << law.text << ": " << law.left << " != " << law.right;
    }
  }

 private:
  void walk(const Process& process, Ppn table, unsigned level, std::uint64_t page) {
    ++tables_;
    use(table);
    EXPECT_EQ(state_.frames.at(table).state, FrameState::page_table);
    EXPECT_EQ(state_.frames.at(table).owner, process.id);
    const FakeMachine::Page& words = bench_.machine.frame(table);
    for (std::uint64_t i = 0; i < words.size(); ++i) {
      const Pte pte(words[i]);
      if (pte.raw() == 0) continue;
      const std::uint64_t below = page * 512 + i;
      if (level > 0) {
        walk(process, pte.ppn(), level - 1, below);
      } else if (kind_of(pte) == PteKind::valid) {
        check_mapped(process, below, pte);
      } else if (kind_of(pte) == PteKind::swapped) {
        const SwapSlot& slot = state_.swap.at(block_of(pte));
        EXPECT_EQ(slot.state, SlotState::in_use);
        EXPECT_TRUE(slots_.insert(block_of(pte).value()).second) << "two pages in one slot";
      }
    }
  }

  void check_mapped(const Process& process, std::uint64_t page, Pte pte) {
    ++resident_;
    use(pte.ppn());
    const Frame& frame = state_.frames.at(pte.ppn());
    EXPECT_EQ(frame.state, FrameState::mapped);
    EXPECT_EQ(frame.owner, process.id);
    EXPECT_EQ(frame.page.value(), page);
    EXPECT_EQ(bench_.machine.frame(frame.entry.page())[frame.entry.page_offset().value() / 8],
              pte.raw());
    if (frame.kind == PageKind::anonymous && frame.has_block) {
      EXPECT_TRUE(slots_.insert(frame.block.value()).second) << "two pages in one slot";
    }
  }

  void use(Ppn frame) {
    EXPECT_TRUE(used_.insert(frame.value()).second) << "frame " << frame.value() << " used twice";
  }

  void check_tlb() {
    for (const auto& [key, cached] : bench_.machine.tlb) {
      const Pte now = bench_.machine.read_pte(cached.entry);
      const unsigned missing = cached.pte.flags().raw() & ~unsigned{now.flags().raw()};
      EXPECT_TRUE(now.ppn() == cached.pte.ppn() && missing == 0)
          << "the TLB allows more than the PTE of page " << key.page;
    }
  }

  KernelBench& bench_;
  const KernelState& state_;
  std::set<std::uint64_t> used_, slots_;
  std::uint64_t resident_ = 0, tables_ = 0, all_tables_ = 0;
};

inline void check_invariants(KernelBench& bench) {
  Invariants(bench).check();
}

}  // namespace tlmmu::kernel::testing
