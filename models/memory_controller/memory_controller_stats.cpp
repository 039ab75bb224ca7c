// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/memory_controller_stats.h"

#include <numeric>

namespace tlmmu {

namespace {

std::uint64_t sum(const std::array<std::uint64_t, kRowOutcomes>& rows) {
  return std::accumulate(rows.begin(), rows.end(), std::uint64_t{0});
}

}  // namespace

void MemoryOriginStats::describe(stats::Visitor& v) const {
  const auto row = [this](RowOutcome outcome) { return rows[static_cast<unsigned>(outcome)]; };
  v.counter({"reads", "accesses", "reads"}, reads);
  v.counter({"writes", "accesses", "writes"}, writes);
  v.counter({"bytes_read", "bytes", "asked for by reads"}, bytes_read.value());
  v.counter({"bytes_written", "bytes", "brought by writes"}, bytes_written.value());
  v.counter({"row_hits", "bursts", "the row was open"}, row(RowOutcome::hit));
  v.counter({"row_closed", "bursts", "no row was open in the bank"}, row(RowOutcome::closed));
  v.counter({"row_conflicts", "bursts", "another row was open in the bank"},
            row(RowOutcome::conflict));
  v.time({"time", "ps", "for which its initiators waited"}, time);
  v.time({"posted_time", "ps", "of write-backs and prefetches, for which nobody waited"},
         posted_time);
}

MemoryOriginStats MemoryControllerStats::total() const {
  MemoryOriginStats result;
  for (const MemoryOriginStats& origin : origins) {
    result.reads += origin.reads;
    result.writes += origin.writes;
    result.bytes_read += origin.bytes_read;
    result.bytes_written += origin.bytes_written;
    for (unsigned i = 0; i < kRowOutcomes; ++i) result.rows[i] += origin.rows[i];
    result.time += origin.time;
    result.posted_time += origin.posted_time;
  }
  return result;
}

void MemoryControllerStats::describe(stats::Visitor& v) const {
  const MemoryOriginStats all = total();
  v.counter({"accesses", "accesses", "reads and writes of any origin"}, accesses);
  v.counter({"bursts", "bursts", "DRAM bursts that the accesses took"}, bursts);
  v.time({"time", "ps", "of all accesses, awaited or posted"}, time);
  v.distribution({"read_latency", "ps", "from a read's arrival to its last data"}, read_latency);
  v.counter({"pages", "pages", "4 KiB pages that have been written"}, pages);
  v.law("reads + writes of all origins = accesses", all.reads + all.writes, accesses);
  v.law("row outcomes of all origins = bursts", sum(all.rows), bursts);
  v.law("time + posted_time of all origins = time", (all.time + all.posted_time).value(),
        time.value());
  v.law("read_latency count = reads of all origins", read_latency.count(), all.reads);
  for (const auto& origin : kOriginNames) {
    v.group(origin.name, "on behalf of this origin", of(origin.value));
  }
}

}  // namespace tlmmu
