// SPDX-License-Identifier: Apache-2.0
#include "models/app/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "models/app/text_table.h"
#include "models/ptw/ptw_stats.h"

namespace tlmmu {

namespace {

constexpr unsigned kBarWidth = 40;

/// Writes the report piece by piece; `at(path)` is the value of a statistic.
class Report {
 public:
  explicit Report(const stats::Snapshot& snapshot) : snapshot_(snapshot) {}

  std::string text() {
    summary();
    translation();
    walks();
    memory();
    paging();
    time();
    return std::move(text_);
  }

 private:
  std::uint64_t at(const std::string& path) const { return snapshot_.value(path); }

  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }

  void summary() {
    line("{} accesses: {} fetches, {} loads, {} stores", text::grouped(at("cpu.accesses")),
         text::grouped(at("cpu.fetches")), text::grouped(at("cpu.loads")),
         text::grouped(at("cpu.stores")));
    const std::uint64_t accesses = std::max<std::uint64_t>(1, at("cpu.accesses"));
    line("{} modelled, {} an access", text::time(at("cpu.elapsed_time")),
         text::time(at("cpu.elapsed_time") / accesses));
  }

  void lookup_header(const char* title) {
    line("\n{:<14}{:>16}{:>16}{:>12}", title, "lookups", "misses", "hit ratio");
  }

  void lookup_line(const std::string& group, const std::string& name) {
    if (!snapshot_.has(group + ".hits")) return;
    line("  {:<12}{:>16}{:>16}{:>12}", name, text::grouped(at(group + ".accesses")),
         text::grouped(at(group + ".accesses") - at(group + ".hits")),
         text::percent(at(group + ".hits"), at(group + ".accesses")));
  }

  void translation() {
    lookup_header("TRANSLATION");
    for (const char* tlb : {"l1_itlb", "l1_dtlb", "l2_tlb"}) {
      lookup_line(std::string("mmu.") + tlb, tlb);
    }
    // Levels that the paging mode does not have are not asked.
    for (unsigned level = kWalkCacheLevels; level >= 1; --level) {
      const std::string group = fmt::format("mmu.ptw.walk_cache.level{}", level);
      if (at(group + ".accesses") != 0) lookup_line(group, fmt::format("walk cache {}", level));
    }
  }

  void walks() {
    const std::uint64_t walks = at("mmu.ptw.walks");
    std::string by_level;
    for (unsigned level = kMaxLevels; level-- > 0;) {
      const std::string path = fmt::format("mmu.ptw.pte_reads_by_level.level{}", level);
      if (at(path) != 0) by_level += fmt::format(", level {}: {}", level, text::grouped(at(path)));
    }
    line("  walks {}, PTE reads a walk {}{}", text::grouped(walks),
         text::quotient(at("mmu.ptw.pte_reads"), walks), by_level);
    if (walks != 0) latency(snapshot_.at("mmu.ptw.walk_latency").distribution);
  }

  /// The histogram in powers of two, so that it fits the screen whatever the spread.
  void latency(const stats::Distribution& cycles) {
    line("  walk latency in cycles: mean {}, median {}, p99 {}, maximum {}",
         text::quotient(cycles.sum(), cycles.count()), cycles.quantile(500), cycles.quantile(990),
         cycles.maximum());
    struct Octave {
      std::uint64_t low;
      std::uint64_t count;
    };
    std::vector<Octave> octaves;
    for (const auto& bin : cycles.bins()) {
      std::uint64_t low = 1;
      while (low * 2 <= bin.low) low *= 2;
      if (octaves.empty() || octaves.back().low != low) octaves.push_back({low, 0});
      octaves.back().count += bin.count;
    }
    for (const Octave& octave : octaves) {
      line("  {:>10} to {:<10}{:>10}  {}", octave.low, octave.low * 2 - 1,
           text::percent(octave.count, cycles.count()),
           text::bar(octave.count, cycles.count(), kBarWidth));
    }
  }

  void memory() {
    lookup_header("MEMORY");
    for (const char* cache : {"l1i", "l1d", "l2"}) {
      lookup_line(std::string("cache.") + cache + ".total", cache);
    }
    const std::string controller = "memory_controller";
    const std::uint64_t bursts = at(controller + ".bursts");
    line("  DRAM {} bursts: {} row hits, {} closed, {} conflicts", text::grouped(bursts),
         text::percent(row(".row_hits"), bursts), text::percent(row(".row_closed"), bursts),
         text::percent(row(".row_conflicts"), bursts));
  }

  std::uint64_t row(const std::string& outcome) const {
    std::uint64_t sum = 0;
    for (const auto& entry : snapshot_.entries()) {
      const bool of_origin =
          entry.path.rfind("memory_controller.", 0) == 0 && entry.path.size() > outcome.size() &&
          entry.path.compare(entry.path.size() - outcome.size(), outcome.size(), outcome) == 0;
      if (of_origin) sum += entry.value;
    }
    return sum;
  }

  void paging() {
    line("\nPAGING");
    line("  faults: {} minor, {} from file, {} from swap, {} copy-on-write, {} spurious, {} fatal",
         text::grouped(at("kernel.faults.minor")), text::grouped(at("kernel.faults.major_file")),
         text::grouped(at("kernel.faults.major_swap")),
         text::grouped(at("kernel.faults.copy_on_write")),
         text::grouped(at("kernel.faults.spurious")), text::grouped(at("kernel.faults.fatal")));
    line("  swapped out {}, in {}; disk read {}, wrote {}", text::grouped(at("kernel.swap_outs")),
         text::grouped(at("kernel.swap_ins")), text::bytes(at("swap_disk.bytes_to_memory")),
         text::bytes(at("swap_disk.bytes_from_memory")));
  }

  void time() {
    line("\nTIME, where the cycles went");
    const std::uint64_t elapsed = at("time.elapsed");
    const auto clock = std::max<std::uint64_t>(1, at("cpu.clock_period"));
    for (const auto& entry : snapshot_.entries()) {
      if (entry.path.rfind("time.", 0) != 0 || entry.value == 0) continue;
      const bool whole = entry.path == "time.elapsed";
      line("  {:<14}{:>16} cycles {:>10}{}", whole ? "sum" : entry.path.substr(5),
           text::grouped(entry.value / clock), text::percent(entry.value, elapsed),
           whole ? "" : "  " + text::bar(entry.value, elapsed, kBarWidth));
    }
  }

  const stats::Snapshot& snapshot_;
  std::string text_;
};

}  // namespace

std::string report(const stats::Snapshot& snapshot) {
  return Report(snapshot).text();
}

}  // namespace tlmmu
