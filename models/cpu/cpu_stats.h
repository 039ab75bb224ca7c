// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/stats/visitor.h"

namespace tlmmu {

/// What the CPU did. An access that crosses a page boundary is done in pieces, one for each page;
/// each piece is translated on its own.
struct CpuStats {
  std::uint64_t fetches = 0;
  std::uint64_t loads = 0;
  std::uint64_t stores = 0;
  std::uint64_t bytes = 0;
  std::uint64_t page_crossings = 0;
  std::uint64_t pieces = 0;
  std::uint64_t translations = 0;
  std::uint64_t page_faults = 0;
  std::uint64_t access_faults = 0;
  std::uint64_t user_accesses = 0;
  std::uint64_t supervisor_accesses = 0;
  std::uint64_t bare_accesses = 0;
  std::uint64_t bare_pieces = 0;
  std::uint64_t refused_accesses = 0;
  std::uint64_t copied_bytes = 0;
  std::uint64_t timer_traps = 0;
  std::uint64_t interrupts = 0;
  std::uint64_t system_calls = 0;
  std::uint64_t synchronizations = 0;
  Picoseconds clock_period;
  Picoseconds execute_time;
  Picoseconds elapsed_time;

  std::uint64_t accesses() const { return fetches + loads + stores; }

  void describe(stats::Visitor& v) const {
    v.counter({"accesses", "accesses", "of all processes, each counted once when it is done"},
              accesses());
    v.counter({"fetches", "accesses", "instruction fetches"}, fetches);
    v.counter({"loads", "accesses", "data loads"}, loads);
    v.counter({"stores", "accesses", "data stores"}, stores);
    v.counter({"user_accesses", "accesses", "done at privilege user"}, user_accesses);
    v.counter({"supervisor_accesses", "accesses", "done at privilege supervisor"},
              supervisor_accesses);
    v.counter({"bare_accesses", "accesses", "of these, without paging, before the kernel ran"},
              bare_accesses);
    v.counter({"refused_accesses", "accesses",
               "of the supervisor that were not done: the system call failed"},
              refused_accesses);
    v.counter({"copied_bytes", "bytes", "by the supervisor, between files and processes"},
              copied_bytes);
    v.counter({"bytes", "bytes", "fetched, loaded and stored"}, bytes);
    v.counter({"page_crossings", "accesses", "boundaries between pages inside an access"},
              page_crossings);
    v.counter({"pieces", "pieces", "parts of accesses that lie in one page"}, pieces);
    v.counter({"bare_pieces", "pieces", "of these, without paging"}, bare_pieces);
    v.counter({"translations", "requests", "sent to the TLBs"}, translations);
    v.counter({"page_faults", "traps", "translations that ended in the kernel"}, page_faults);
    v.counter({"access_faults", "traps", "of the supervisor, where there is no memory"},
              access_faults);
    v.counter({"timer_traps", "traps", "ends of a time slice"}, timer_traps);
    v.counter({"interrupts", "traps", "device interrupts taken while a process ran"}, interrupts);
    v.counter({"system_calls", "traps", "of processes that asked the kernel, repetitions included"},
              system_calls);
    v.counter({"synchronizations", "waits", "times the CPU let the rest of the model catch up"},
              synchronizations);
    v.time({"clock_period", "", "one cycle"}, clock_period);
    v.time({"execute_time", "", "spent on instructions beside their memory accesses"},
           execute_time);
    v.time({"elapsed_time", "", "from the first instruction to the end of the last process"},
           elapsed_time);
    v.ratio({"time_per_access", "ps", "mean of all accesses, everything included"},
            elapsed_time.value(), accesses());
    v.law("pieces = accesses + page crossings", pieces, accesses() + page_crossings);
    v.law("accesses = user + supervisor", accesses(), user_accesses + supervisor_accesses);
    v.law("translations + bare pieces = pieces + page faults + access faults",
          translations + bare_pieces, pieces + page_faults + access_faults);
  }
};

}  // namespace tlmmu
