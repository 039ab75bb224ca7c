// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "models/base/random.h"
#include "testbenches/kernel/page_state_observer.h"
#include "testbenches/kernel/program.h"

namespace tlmmu::kernel::testing {

constexpr std::uint64_t kStressStackPages = 16;  // a stack may grow to

/// What a page of a process must hold: the simplest model of it.
struct PageModel {
  enum class Kind { anonymous, file_private, file_shared, segment };
  Kind kind = Kind::anonymous;
  std::uint64_t object = 0;  ///< file or segment instance
  std::uint64_t index = 0;   ///< page of it
  std::uint8_t permissions = PteFlags::kR | PteFlags::kW;
  std::optional<std::uint64_t> own;  ///< a private value
};

using SpaceModel = std::map<std::uint64_t, PageModel>;  // by page number

/// An operation that a process repeats until it is answered.
struct PendingAccess {
  std::uint64_t page;
  AccessType type;
};

struct ProcessModel {
  SpaceModel pages;
  std::optional<PendingAccess> access;
  std::map<std::uint64_t, std::uint64_t> attachments;  // segment instance by address
  std::uint64_t heap_start = 0;
  std::uint64_t heap_end = 0;  // pages
};

/// Random programs that use every system call, on a small machine whose disk may fail, be late and
/// lose interrupts, against the model. Each change of a page's state is checked when it happens. A
/// failure stops the run.
class ProgramStress {
 public:
  struct Dangers {
    unsigned bad_blocks = 0;
    bool late_disk = false;  ///< long silences, and completions that nobody is told of for a while
    bool tiny_swap = false;  ///< a few slots: full most of the time
    HugePageUse huge_pages = HugePageUse::never;
    std::optional<PagingModeName> mode;  ///< absent: any
  };
  ProgramStress(std::uint64_t seed, const Dangers& dangers);

  void run(std::uint64_t operations, std::uint64_t check_every);

  const Counters& counters() const { return bench_->counters(); }
  PagingModeName mode() const { return bench_->kernel.state().settings.mode; }
  std::uint64_t transitions() const { return observer_->transitions(); }
  std::uint64_t interrupts_lost() const { return interrupts_lost_; }

 private:
  static Settings random_settings(Random& random, const Dangers& dangers);
  static bool failed() { return ::testing::Test::HasFailure(); }

  bool uses_huge_pages() const { return dangers_.huge_pages != HugePageUse::never; }
  /// How seldom a process ends: only an old one fills a memory of large pages.
  std::uint64_t patience() const { return uses_huge_pages() ? 30 : 3; }
  /// Half of the time nobody uses large pages, so that reclaim finds them idle.
  bool spares(ProcessId process, std::uint64_t page);
  void step();
  void act(ProcessId process);
  void system_call(ProcessId process, ProcessModel& model);
  void start_access(ProcessId process, ProcessModel& model);
  std::uint64_t some_page(ProcessId process, const ProcessModel& model);
  void continue_access(ProcessId process, ProcessModel& model);
  bool is_legal(const ProcessModel& model, const PendingAccess& access) const;
  std::uint64_t& value_of(PageModel& page);
  void finish_some_transfer();
  bool disk_answers();
  void tell_of_the_lost();
  void check_transitions();
  void forget_the_dead();
  void finish();
  void check_files();

  void do_mmap(ProcessId p, ProcessModel& model);
  void do_munmap(ProcessId p, ProcessModel& model);
  void do_mprotect(ProcessId p, ProcessModel& model);
  void do_lock(ProcessId p, ProcessModel& model);
  void note_copies(ProcessId p, ProcessModel& model, const AddressRange& range);
  void do_dont_need(ProcessId p, ProcessModel& model);
  void do_huge(ProcessId p, ProcessModel& model);
  void do_brk(ProcessId p, ProcessModel& model);
  void do_fork(ProcessId p, const ProcessModel& model);
  void do_exec(ProcessId p, ProcessModel& model);
  void do_end(ProcessId p, ProcessModel& model);
  void do_sync(ProcessId p, const ProcessModel& model);
  void do_detach(ProcessId p, ProcessModel& model);
  void do_shm(ProcessId p, ProcessModel& model);
  void start_program(ProcessModel& model) const;
  AddressRange some_range(const ProcessModel& model);

  Random random_;
  Dangers dangers_;
  std::unique_ptr<ProgramBench> bench_;
  std::unique_ptr<PageStateObserver> observer_;
  FileId data_file_;
  std::map<std::uint32_t, ProcessModel> processes_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> file_values_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> segment_values_;
  std::map<std::uint32_t, std::uint64_t> instances_;  // living segments by number
  std::uint64_t next_instance_ = 1;
  std::uint64_t stores_ = 0;
  std::vector<std::pair<DiskTag, TransferResult>> lost_;  ///< completions nobody was told of
  std::uint64_t interrupts_lost_ = 0;
  std::uint64_t silent_steps_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace tlmmu::kernel::testing
