// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/invariants.h"

#include "models/kernel/portable_kernel_stats.h"
#include "testbenches/support/laws.h"

namespace tlmmu::kernel::testing {

namespace {

class Invariants {
 public:
  explicit Invariants(KernelBench& bench) : bench_(bench), state_(bench.kernel.state()) {}

  void check() {
    for (std::uint32_t i = 0; i < state_.processes.size(); ++i) {
      check_process(state_.processes.at(ProcessId(i)));
    }
    for (std::uint32_t i = 0; i < state_.segments.size(); ++i) {
      if (state_.segments.at(SegmentId(i)).alive) check_segment(state_.segments.at(SegmentId(i)));
    }
    EXPECT_EQ(bench_.frame_counts().page_tables, all_tables_);
    check_frames();
    check_blocks();
    check_buddy();
    check_tlb();
    tlmmu::testing::expect_laws_hold(PortableKernelStats(bench_.kernel));
  }

 private:
  struct User {
    const Process* process;
    std::uint64_t page;
    std::uint64_t entry;
    bool operator<(const User& o) const { return entry < o.entry; }
    bool operator==(const User& o) const {
      return process == o.process && page == o.page && entry == o.entry;
    }
  };

  void check_process(const Process& process) {
    if (process.state == ProcessState::zombie) {
      EXPECT_EQ(process.use.resident + process.use.page_tables + process.use.swapped, 0U)
          << "a zombie holds memory";
      return;
    }
    if (process.state == ProcessState::blocked) {
      EXPECT_EQ(process.pinned, nullptr) << "it waits and holds a frame that others may need";
    }
    found_ = ProcessUse();
    walk(process, process.root, paging_mode(state_.settings.mode).levels - 1, 0);
    EXPECT_EQ(process.use.resident, found_.resident);
    EXPECT_EQ(process.use.swapped, found_.swapped);
    EXPECT_EQ(process.use.copy_on_write, found_.copy_on_write);
    EXPECT_EQ(process.use.locked, found_.locked);
    EXPECT_EQ(process.use.page_tables, found_.page_tables);
    all_tables_ += found_.page_tables;
  }

  std::uint64_t entries() const { return std::uint64_t{1} << state_.mode.index_bits; }

  Pte pte_at(PhysicalAddress entry) const { return bench_.machine.pte_at(entry); }

  void walk(const Process& process, Ppn table, unsigned level, std::uint64_t page) {
    ++found_.page_tables;
    EXPECT_TRUE(tables_.insert(table.value()).second) << "a table in two places";
    EXPECT_EQ(state_.frames.at(table).state, FrameState::page_table);
    for (std::uint64_t i = 0; i < entries(); ++i) {
      const PhysicalAddress entry = address_of(table) + Bytes(state_.mode.pte_bytes * i);
      const Pte pte = pte_at(entry);
      if (pte.raw() == 0 || pte.flags().g()) continue;
      const std::uint64_t below = page * entries() + i;
      if (level == 1 && pte.is_leaf()) {
        huge_leaf({&process, below * entries(), entry.value()}, pte);
      } else if (level > 0) {
        walk(process, pte.ppn(), level - 1, below);
      } else {
        EXPECT_NE(process.areas.find(Vpn(below)), nullptr) << "a page without an area";
        leaf({&process, below, entry.value()}, pte);
      }
    }
  }

  void huge_leaf(const User& user, Pte pte) {
    found_.resident += entries();
    ++found_.page_tables;  // laid aside
    users_[pte.ppn().value()].insert(user);
    EXPECT_EQ(pte.ppn().value() % entries(), 0U) << "a large page that is not aligned";
    for (std::uint64_t i = 1; i < entries(); ++i) tails_.insert(pte.ppn().value() + i);
  }

  void check_segment(const SharedSegment& segment) {
    all_tables_ += std::uint64_t{1} << segment.table_order;
    for (std::uint64_t i = 0; i < segment.pages; ++i) {
      const PhysicalAddress entry = segment.entry_of(i);
      if (pte_at(entry).raw() != 0) leaf({nullptr, i, entry.value()}, pte_at(entry));
    }
  }

  void leaf(const User& user, Pte pte) {
    if (kind_of(pte) == PteKind::swapped) {
      ++found_.swapped;
      ++references_[block_of(pte).value()];
    }
    if (kind_of(pte) != PteKind::valid) return;
    ++found_.resident;
    if (user.process != nullptr && has_mark(pte, PteMark::copy_on_write)) ++found_.copy_on_write;
    if (user.process != nullptr && has_mark(pte, PteMark::locked)) ++found_.locked;
    users_[pte.ppn().value()].insert(user);
    if (pte.flags().w() && user.process != nullptr &&
        state_.frames.at(pte.ppn()).kind != PageKind::shared &&
        state_.frames.at(pte.ppn()).kind != PageKind::file) {
      EXPECT_EQ(state_.frames.at(pte.ppn()).users, 1U) << "writable, but not alone";
    }
  }

  /// Every frame has exactly the users that its reverse map says, and its pool fits its state.
  void check_frames() {
    for (std::uint64_t i = 0; i < state_.frames.constructed(); ++i) {
      const Ppn number(state_.settings.memory_base.page().value() + i);
      if (!state_.frames.known(number)) continue;
      const Frame& frame = state_.frames.at(number);
      std::set<User> users;
      Mapper::each_user(frame, [&](const Mapping& m) {
        users.insert({m.process, m.page.value(), m.entry.value()});
      });
      EXPECT_EQ(users.size(), frame.users) << "frame " << number.value();
      EXPECT_EQ(users, users_[number.value()]) << "frame " << number.value();
      const bool tail = tails_.count(number.value()) != 0;
      EXPECT_EQ(frame.state == FrameState::mapped, frame.users > 0 || tail);
      const bool choosable =
          !frame.moving() && !tail &&
          (frame.state == FrameState::mapped || frame.state == FrameState::cached);
      EXPECT_EQ(frame.pool != nullptr, choosable) << "frame " << number.value();
      if (frame.state == FrameState::cached) {
        EXPECT_TRUE(frame.has_block);
      }
      if (frame.state == FrameState::reading || frame.state == FrameState::writing) {
        EXPECT_TRUE(frame.moving());
      }
      if (frame.has_block) {
        EXPECT_EQ(state_.blocks.at(frame.block).frame, &frame);
      }
      if (frame.state == FrameState::free) {
        EXPECT_FALSE(frame.has_block || frame.moving() || frame.pins > 0 || frame.locks > 0);
      }
    }
  }

  void check_blocks() {
    const SwapCounts counts = state_.blocks.counts();
    std::uint64_t in_use = 0;
    for (std::uint64_t i = 0; i < counts.total; ++i) {
      const DiskBlock block(i);
      if (!state_.blocks.is_slot(block)) continue;
      ++in_use;
      const Block& entry = state_.blocks.at(block);
      EXPECT_EQ(entry.references, references_[i]) << "slot " << i;
      EXPECT_TRUE(entry.references > 0 || entry.frame != nullptr) << "slot " << i << " leaks";
    }
    EXPECT_EQ(in_use, counts.in_use);
    for (const auto& [slot, references] : references_) {
      EXPECT_TRUE(references == 0 || state_.blocks.is_slot(DiskBlock(slot)));
    }
  }

  void check_buddy() {
    std::set<std::uint64_t> free;
    state_.frames.buddy().each_free_block([&](std::uint64_t index, unsigned order) {
      EXPECT_EQ((state_.settings.memory_base.page().value() + index) % (1U << order), 0U);
      EXPECT_EQ(state_.frames.at(Ppn(state_.settings.memory_base.page().value() + index)).order,
                order)
          << "a free block of another size";
      for (std::uint64_t i = 0; i < std::uint64_t{1} << order; ++i) {
        EXPECT_TRUE(free.insert(index + i).second) << "free blocks overlap";
        const Ppn number(state_.settings.memory_base.page().value() + index + i);
        EXPECT_EQ(state_.frames.at(number).state, FrameState::free);
      }
    });
    EXPECT_EQ(free.size() + state_.frames.buddy().counts().never_used, state_.frames.free());
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
  ProcessUse found_;
  std::set<std::uint64_t> tables_;
  std::set<std::uint64_t> tails_;                      // frames of large pages but the first
  std::map<std::uint64_t, std::set<User>> users_;      // by frame
  std::map<std::uint64_t, std::uint32_t> references_;  // by slot
  std::uint64_t all_tables_ = 0;
};

}  // namespace

void check_invariants(KernelBench& bench) {
  Invariants(bench).check();
}

}  // namespace tlmmu::kernel::testing
