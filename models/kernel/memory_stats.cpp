// SPDX-License-Identifier: Apache-2.0
// Of the portable kernel's statistics: frames, blocks of frames, swap and the caches.
#include <fmt/format.h>

#include "models/kernel/portable_kernel_stats.h"

namespace tlmmu {

namespace {
constexpr unsigned kOrderOf2MiB = 9;
}

void PortableKernelStats::describe_memory(stats::Visitor& v) const {
  v.counter({"frames", "frames", "of the memory"}, total_frames);
  v.counter({"frames_free", "frames", "free now"}, frames.free);
  v.counter({"frames_reserved", "frames", "of the kernel itself"}, frames.reserved);
  v.counter({"frames_page_tables", "frames", "that hold page tables now"}, frames.page_tables);
  v.counter({"frames_slab", "frames", "that hold small objects of the kernel now"}, frames.slab);
  v.counter({"frames_mapped", "frames", "that hold pages of processes now"}, frames.mapped);
  v.counter({"frames_cached", "frames", "that hold blocks of the disk, mapped by nobody, now"},
            frames.cached);
  v.counter({"frames_reading", "frames", "being read from disk now"}, frames.reading);
  v.counter({"frames_writing", "frames", "being written to disk now"}, frames.writing);
  v.law("frames = free + reserved + page tables + slab + mapped + cached + in flight", total_frames,
        frames.free + frames.reserved + frames.page_tables + frames.slab + frames.mapped +
            frames.cached + frames.in_flight());
  describe_users(v);
  v.counter({"neighbors_adjacent", "pages", "touched after the one below, in the next frame"},
            counters.neighbors_adjacent);
  v.counter({"neighbors_scattered", "pages", "touched after the one below, in some other frame"},
            counters.neighbors_scattered);
  v.law_at_most("pages touched after the one below <= minor faults",
                counters.neighbors_adjacent + counters.neighbors_scattered,
                faults.of(kernel::FaultKind::minor));
  v.group("page_states", "pages of processes that went from one state to another", page_states);
  describe_tables(v);
}

void PortableKernelStats::describe_users(stats::Visitor& v) const {
  v.counter({"shared_mappings", "PTEs", "users of frames beyond the first one of each, now"},
            shared_mappings);
  v.counter({"users_joined", "PTEs", "that came to a frame which had a user already"},
            counters.users_joined);
  v.counter({"users_left", "PTEs", "that left a frame to its other users"}, counters.users_left);
  v.counter({"max_frame_users", "PTEs", "that mapped the same frame, at most"},
            counters.max_frame_users);
  v.law("mapped frames + further users = sum of resident sets", frames.mapped + shared_mappings,
        resident());
  v.law("further users joined = left + now", counters.users_joined,
        counters.users_left + shared_mappings);
  v.law_at_most("users of a frame now <= most", census.most_users, counters.max_frame_users);
  v.law_at_most("most users of a frame <= joined + 1", counters.max_frame_users,
                counters.users_joined + 1);
  std::uint64_t locked = 0;
  for (const ProcessStats& process : processes) locked += process.locked;
  v.law("locks of frames = sum of locked pages", census.locks, locked);
}

void PortableKernelStats::describe_tables(stats::Visitor& v) const {
  std::uint64_t huge_pages = 0;
  std::uint64_t tables = segment_tables;
  for (const ProcessStats& process : processes) {
    huge_pages += process.huge_pages;
    tables += process.page_tables;
  }
  v.counter({"page_tables_allocated", "frames", "taken for page tables"},
            counters.page_tables_allocated);
  v.counter({"page_tables_freed", "frames", "of page tables given back"},
            counters.page_tables_freed);
  v.counter({"huge_mapped", "pages", "of 2 MiB mapped"}, counters.huge_mapped);
  v.counter({"huge_split", "pages", "of 2 MiB cut into base pages"}, counters.huge_split);
  v.law("large pages mapped = split + there now", counters.huge_mapped,
        counters.huge_split + huge_pages);
  v.law("page-table frames + freed = allocated", frames.page_tables + counters.page_tables_freed,
        counters.page_tables_allocated);
  v.law("page-table frames = of processes + of segments", frames.page_tables, tables);
}

void PortableKernelStats::describe_blocks(stats::Visitor& v) const {
  std::uint64_t blocks = 0;
  std::uint64_t in_blocks = 0;
  std::uint64_t small = 0;  // frames in blocks below 2 MiB
  for (unsigned order = 0; order < kernel::kOrders; ++order) {
    v.counter({fmt::format("free_blocks_{}", order), "blocks",
               fmt::format("free now, of {} frames", 1U << order)},
              buddy.free_blocks[order]);
    blocks += buddy.free_blocks[order];
    in_blocks += buddy.free_blocks[order] << order;
    if (order < kOrderOf2MiB) small += buddy.free_blocks[order] << order;
  }
  v.counter({"buddy_splits", "blocks", "cut in halves"}, buddy.splits);
  v.counter({"buddy_merges", "pairs", "of free buddies made one block"}, buddy.merges);
  v.counter({"buddy_grown", "blocks", "made of frames that none had needed yet"}, buddy.grown);
  v.counter({"buddy_taken", "blocks", "handed out"}, buddy.taken);
  v.counter({"buddy_given", "blocks", "given back"}, buddy.given);
  v.counter({"fragmentation", "1/1000", "of the free frames are in blocks below 2 MiB"},
            fragmentation);
  v.law("free frames = sum over blocks + never used", frames.free, in_blocks + buddy.never_used);
  v.law("blocks grown + split + given = merged + taken + free",
        buddy.grown + buddy.splits + buddy.given, buddy.merges + buddy.taken + blocks);
  v.law("fragmentation = frames in small blocks / free", fragmentation,
        frames.free == 0 ? 0 : small * 1000 / frames.free);
}

void PortableKernelStats::describe_swap(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"swap_outs", "pages", "taken from their users to be written to swap"}, c.swap_outs);
  v.counter({"swap_ins", "pages", "read from swap"}, c.swap_ins);
  v.counter({"swap_cache_hits", "faults", "on swapped pages that were still in memory"},
            c.swap_cache_hits);
  v.counter({"swap_outs_undone", "pages", "kept because no slot could be written"},
            c.swap_outs_undone);
  v.counter({"swap_discarded", "pages", "in swap when their process gave them up"},
            c.swap_discarded);
  v.counter({"swapped_pages", "PTEs", "that say that their page is in swap, now"}, swapped());
  v.counter({"slots_taken", "slots", "of resident pages, given to pages that had to go"},
            c.slots_taken);
  v.counter({"slots_allocated", "slots", "given out"}, swap.allocated);
  v.counter({"slots_freed", "slots", "given back, to be used again"}, swap.freed);
  v.counter({"slots_in_use", "slots", "of the swap areas now"}, swap.in_use);
  v.counter({"slots_bad", "slots", "given up after a write error"}, swap.bad);
  v.counter({"slot_holders", "pages", "resident, with a slot of their own, now"}, slot_holders);
  v.counter({"file_blocks", "blocks", "of the disk that belong to files"}, swap.file);
  v.law("references of slots = swapped PTEs of processes and segments", swap.references, swapped());
  v.law("slots allocated = freed + given up + in use", swap.allocated,
        swap.freed + swap.bad + swap.in_use);
  v.law_at_most("slots taken from resident pages <= freed", c.slots_taken, swap.freed);
  v.law("slot holders = mapped frames with a slot", slot_holders, census.slot_holders);
  v.law("swapped pages given up = swapped to untouched", c.swap_discarded,
        page_states.of({kernel::PageState::swapped, kernel::PageState::untouched}));
  v.law("blocks of files = of the machine's files + of traces", swap.file,
        file_blocks + page_states.of({kernel::PageState::untouched, kernel::PageState::in_file}));
}

void PortableKernelStats::describe_caches(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"page_cache_hits", "faults", "on file pages that were in memory"}, c.page_cache_hits);
  v.counter({"file_ins", "pages", "of files read from disk"}, c.file_ins);
  v.counter(
      {"transfer_reads", "pages", "of these that pread or pwrite asked for, and those that failed"},
      c.transfer_reads);
  v.counter({"bytes_to_user", "bytes", "copied to processes by pread"}, c.bytes_to_user);
  v.counter({"bytes_from_user", "bytes", "copied from processes by pwrite"}, c.bytes_from_user);
  v.counter({"file_outs", "pages", "of files, dirty, sent to disk by reclaim"}, c.file_outs);
  v.counter({"writeback_rounds", "times", "the pages of files that may be dirty were looked at"},
            c.writeback_rounds);
  v.counter({"writeback_scanned", "frames", "looked at in these rounds"}, c.writeback_scanned);
  v.counter({"written_back", "pages", "of files sent to disk for having been dirty long"},
            c.written_back);
  v.counter({"synced", "pages", "of files sent to disk for a process that waits for it"}, c.synced);
  v.counter({"shutdown_writes", "pages", "of files sent to disk when all processes had ended"},
            c.shutdown_writes);
  v.counter({"file_pages_lost", "pages", "of files that were dirty when the machine stopped"},
            c.file_pages_lost);
  v.law("dirty pages of files when the machine has stopped = lost",
        stopped ? census.dirty_unmapped : 0, c.file_pages_lost);
  v.law_at_most("pages lost though shutdown syncs <= write errors",
                shutdown_syncs ? c.file_pages_lost : 0, c.write_errors);
  v.counter({"buffer_hits", "blocks", "of the device found in the buffer cache"}, c.buffer_hits);
  v.counter({"buffer_misses", "blocks", "of the device that had to be read"}, c.buffer_misses);
  v.counter({"buffer_ins", "blocks", "of the device read"}, c.buffer_ins);
  v.counter({"reads_ahead", "pages", "read before anybody asked"}, c.reads_ahead);
  v.counter({"reads_ahead_used", "pages", "of these that were asked for later"},
            c.reads_ahead_used);
  v.counter({"reads_ahead_unused", "pages", "of these that went before"}, c.reads_ahead_unused);
  v.law("read ahead = asked for + gone before + waiting", c.reads_ahead,
        c.reads_ahead_used + c.reads_ahead_unused + census.ahead);
  v.law_at_most("written back <= looked at", c.written_back, c.writeback_scanned);
  v.law_at_most("write-back rounds * period <= time", c.writeback_rounds * dirty_writeback.value(),
                settled.value());
  v.law("reads = major faults + transfers + readahead + buffers - joined", c.reads_started,
        faults.of(kernel::FaultKind::major_file) + faults.of(kernel::FaultKind::major_swap) +
            c.transfer_reads + c.reads_ahead + c.buffer_misses - c.joined_reads);
  v.law(
      "reads = pages read + errors + cancelled + in flight", c.reads_started,
      c.file_ins + c.swap_ins + c.buffer_ins + c.read_errors + c.reads_cancelled + reads_in_flight);
}

}  // namespace tlmmu
