// SPDX-License-Identifier: Apache-2.0
#include "models/tlb/tlb_stats.h"

namespace tlmmu {

void TlbStats::describe(stats::Visitor& v) const {
  v.counter({"accesses", "requests", "translations asked for"}, accesses);
  v.counter({"hits", "requests", "answered from this level, faults included"}, hits);
  v.counter({"misses", "requests", "passed on because no entry matched"}, misses);
  v.counter({"dirty_rewalks", "requests",
             "passed on because the entry lacked A, D for a store, or the G stage's permission"},
            dirty_rewalks);
  v.counter({"g_stage_lookups", "requests",
             "second lookups, of the G stage (two_stage_caching = separate)"},
            g_stage_lookups);
  v.ratio({"hit_ratio", "", "hits per access"}, hits, accesses);
  v.counter({"permission_faults", "requests", "hits answered with a page fault, without a walk"},
            permission_faults);
  v.counter({"failed_walks", "requests", "passed on and answered with a fault or an error"},
            failed_walks);
  v.counter({"fills", "entries", "taken in, from below or as victims from above"}, fills);
  v.counter({"refreshes", "entries", "written again with the same page's new translation"},
            refreshes);
  v.counter({"unfilled", "entries", "not kept: page size not held, or exclusive of the asker"},
            unfilled);
  v.counter({"overtaken", "entries", "not kept: a fence came while the walk was under way"},
            overtaken);
  v.counter({"victims_taken", "entries", "offered by upper levels that evicted them"},
            victims_taken);
  v.counter({"evictions", "entries", "that made room for a fill"}, evictions);
  v.counter({"moved_up", "entries", "handed to the level above on a hit (exclusive)"}, moved_up);
  v.counter({"fences", "commands", "fence commands"}, fences);
  v.counter({"invalidations", "entries", "removed by fences"}, invalidations);
  v.counter({"superseded", "entries", "removed because a fill covers the same page"}, superseded);
  v.counter({"back_invalidations", "entries", "removed because an inclusive lower level lost them"},
            back_invalidations);
  v.counter({"held", "entries", "in this level at the end"}, held);
  v.time({"own_time", "ps", "added by this level"}, own_time);

  v.law("accesses = hits + misses + dirty_rewalks", accesses, hits + misses + dirty_rewalks);
  v.law("own_time = accesses * hit latency", own_time.value(), accesses * latency.value());
  v.law(
      "misses + dirty_rewalks + victims_taken = fills + refreshes + unfilled + overtaken + "
      "failed_walks",
      misses + dirty_rewalks + victims_taken,
      fills + refreshes + unfilled + overtaken + failed_walks);
  v.law("fills = held + evictions + moved_up + invalidations + superseded + back_invalidations",
        fills, held + evictions + moved_up + invalidations + superseded + back_invalidations);
}

}  // namespace tlmmu
