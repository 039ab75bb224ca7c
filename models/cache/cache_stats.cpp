// SPDX-License-Identifier: Apache-2.0
#include "models/cache/cache_stats.h"

namespace tlmmu {

void CacheOriginStats::describe(stats::Visitor& v) const {
  v.counter({"accesses", "lines", "looked up for reads and writes"}, accesses);
  v.counter({"hits", "lines", "found"}, hits);
  v.counter({"misses", "lines", "not found"}, misses);
  v.ratio({"hit_ratio", "", "hits per access"}, hits, accesses);
  v.time({"own_time", "ps", "added by this cache to what somebody waited for"}, own_time);
  v.law("accesses = hits + misses", accesses, hits + misses);
}

CacheOriginStats CacheStats::total() const {
  CacheOriginStats sum;
  for (const CacheOriginStats& origin : origins) {
    sum.accesses += origin.accesses;
    sum.hits += origin.hits;
    sum.misses += origin.misses;
    sum.own_time += origin.own_time;
  }
  return sum;
}

void CacheStats::describe(stats::Visitor& v) const {
  v.group("total", "all origins", total());
  for (const auto& row : kOriginNames) v.group(row.name, "on behalf of this origin", of(row.value));
  v.counter({"line_fetches", "lines", "read from below for a miss"}, line_fetches);
  v.counter({"whole_line_writes", "lines", "taken in without a fetch: the write covers the line"},
            whole_line_writes);
  v.counter({"writes_around", "writes", "that missed and went below (write-through)"},
            writes_around);
  v.counter({"fetch_errors", "lines", "that could not be read from below"}, fetch_errors);
  describe_lines(v);
  v.counter({"writes_through", "writes", "that hit and went below too (write-through)"},
            writes_through);
  v.counter({"write_through_bytes", "bytes", "of writes that went below (write-through)"},
            write_through_bytes);
  v.counter({"maintenance_operations", "operations", "clean, invalidate and flush"},
            maintenance_operations);
  v.counter({"maintenance_lines", "lines", "looked up by them"}, maintenance_lines);
  v.time({"posted_time", "ps", "of lookups that nobody waited for"}, posted_time);
  describe_laws(v);
}

void CacheStats::describe_lines(stats::Visitor& v) const {
  v.counter({"fills", "lines", "taken in"}, fills);
  v.counter({"evictions", "lines", "that made room for a fill"}, evictions);
  v.counter({"invalidated", "lines", "removed by invalidate and flush"}, invalidated);
  v.counter({"held", "lines", "in the cache at the end"}, held);
  v.counter({"dirtied", "lines", "made dirty by a write"}, dirtied);
  v.counter({"writebacks", "lines", "evicted while dirty, written below; nobody waits"},
            writebacks);
  v.counter({"cleaned", "lines", "written below by clean and flush; the operation waits"}, cleaned);
  v.counter({"discarded", "lines", "dropped by invalidate while dirty"}, discarded);
  v.counter({"dirty_held", "lines", "dirty at the end"}, dirty_held);
  v.counter({"failed_writebacks", "lines", "write-backs answered with an error"},
            failed_writebacks);
}

void CacheStats::describe_laws(stats::Visitor& v) const {
  const CacheOriginStats sum = total();
  v.law("misses = fills + writes_around + fetch_errors", sum.misses,
        fills + writes_around + fetch_errors);
  v.law("fills = line_fetches + whole_line_writes", fills, line_fetches + whole_line_writes);
  v.law("fills = held + evictions + invalidated", fills, held + evictions + invalidated);
  v.law("dirtied = dirty_held + writebacks + cleaned + discarded", dirtied,
        dirty_held + writebacks + cleaned + discarded);
  v.law("failed_writebacks = 0", failed_writebacks, 0);
  v.law("own_time + posted_time = lookups * hit latency", (sum.own_time + posted_time).value(),
        (sum.accesses + maintenance_lines) * latency.value());
}

}  // namespace tlmmu
