// SPDX-License-Identifier: Apache-2.0
// What the random programs are held to while they run, and at their end.
#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program_stress.h"

namespace tlmmu::kernel::testing {

void ProgramStress::check_transitions() {
  for (const std::string& complaint : observer_->complaints()) ADD_FAILURE() << complaint;
}

void ProgramStress::forget_the_dead() {
  for (const KillReport& kill : bench_->machine.kills) {
    const bool by_mistake =
        kill.reason == KillReason::bad_address || kill.reason == KillReason::no_permission;
    const ProcessModel& model = processes_.at(kill.process.value());
    if (!by_mistake) continue;
    ASSERT_TRUE(model.access.has_value());
    EXPECT_FALSE(is_legal(model, *model.access)) << "killed for page " << model.access->page;
  }
  bench_->machine.kills.clear();
  bench_->machine.faults.clear();
  bench_->machine.fences.clear();
  bench_->machine.started.clear();
  for (auto it = processes_.begin(); it != processes_.end();) {
    it = bench_->kernel.is_alive(ProcessId(it->first)) ? std::next(it) : processes_.erase(it);
  }
}

void ProgramStress::finish() {
  check_invariants(*bench_);
  observer_->enter(Entry::give_up);
  for (const auto& [id, model] : processes_) bench_->kernel.exit(ProcessId(id));
  observer_->enter(Entry::completion);
  tell_of_the_lost();
  bench_->finish_all_transfers();
  // Segments outlive processes: one more process ends them.
  const auto last = bench_->kernel.create_process();
  ASSERT_TRUE(last);
  for (std::uint32_t i = 0; i < bench_->kernel.state().segments.size(); ++i) {
    bench_->kernel.shm_remove(*last, SegmentId(i));
  }
  bench_->kernel.exit(*last);
  bench_->finish_all_transfers();
  check_transitions();
  while (!bench_->kernel.shut_down()) bench_->finish_transfer();
  check_invariants(*bench_);
  check_files();
  const FrameCounts counts = bench_->frame_counts();
  EXPECT_EQ(counts.free + counts.cached + counts.reserved, bench_->kernel.state().frames.total());
  EXPECT_EQ(bench_->kernel.state().blocks.counts().in_use, 0U) << "slots leak";
}

// What was stored to shared files is on the disk, but for pages that it could not write.
void ProgramStress::check_files() {
  for (const auto& [where, value] : file_values_) {
    const File& file =
        bench_->kernel.state().files.at(FileId(static_cast<std::uint32_t>(where.first)));
    const DiskBlock block = file.block_of(where.second);
    if (bench_->kernel.state().blocks.at(block).broken) continue;
    EXPECT_EQ(bench_->machine.block(block)[0], value) << "page " << where.second;
  }
}

}  // namespace tlmmu::kernel::testing
