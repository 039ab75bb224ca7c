# SPDX-License-Identifier: Apache-2.0
"""Mutants of the TLB, which the checks of the MMU have to kill."""

TLB, ENTRIES = "rtl/tlb/tlb.sv", "rtl/tlb/tlb_entries.sv"
COVER, JOIN, TOP_FILE = "rtl/tlb/tlb_cover.sv", "rtl/tlb/tlb_join.sv", "rtl/cosim/mmu_top.sv"
TOP = "mmu_top"
MAIN = "mmu_mutant_main.cpp"
UNIT = "rounds"

# The request that a hit is checked for; its bits: access at 64, privilege at 62, SUM at 61, MXR at 60.
CHECKED = ".request_i(req_q),"

# (what a designer could get wrong, file, the line's text, its mutant)
MUTANTS = [
    ("permissions not checked again on a hit", TLB, "found && allowed && !stale", "found && !stale"),
    ("MXR not checked again on a hit", TLB, CHECKED, ".request_i(req_q | (130'd1 << 60)),"),
    ("SUM not checked again on a hit", TLB, CHECKED, ".request_i(req_q | (130'd1 << 61)),"),
    ("privilege not checked again on a hit", TLB, CHECKED, ".request_i(req_q | (130'd1 << 62)),"),
    ("a fetch that hits needs R", TLB, CHECKED,
     ".request_i(req_q.access == mmu_pkg::Fetch ? req_q | (130'd1 << 64) : req_q),"),
    ("a store that hits needs R", TLB, CHECKED,
     ".request_i(req_q.access == mmu_pkg::Store ? req_q ^ (130'd3 << 64) : req_q),"),
    ("A and D stale on a hit", TLB, "found && allowed && !stale", "found && allowed"),
    ("a faulting walk fills", TLB, "walk_rsp_i.outcome == mmu_pkg::Translated && !fence_i",
     "walk_rsp_i.outcome != mmu_pkg::Aborted && !fence_i"),
    ("nothing fills", TLB, "walk_rsp_i.outcome == mmu_pkg::Translated && !fence_i", "1'b0"),
    ("an aborted walk is taken for an answer", TLB,
     "(walk_rsp_i.outcome == mmu_pkg::Aborted) ? Miss : Respond", "Respond"),
    ("a fault answered as a translation", TLB, "walk_rsp_i.outcome == mmu_pkg::Faulted", "1'b0"),
    ("a request to the walker dropped", TLB, "Miss: if (walk_ready_i) state_d", "Miss: state_d"),
    ("the next request's address looked up", TLB, ".vaddr_i(req_q.vaddr),\n    .asid_i",
     ".vaddr_i(req_i.vaddr),\n    .asid_i"),
    ("the next request's address space looked up", TLB, ".asid_i(req_q.asid)", ".asid_i(req_i.asid)"),
    ("hits do not count as use", TLB, ".use_i(use_hit)", ".use_i(1'b0)"),
    ("the walker is not told of fences", TOP_FILE, ".fence_i(fence),\n    .fence_info_i(fence_info)\n"
     "  );\n\n`ifndef", ".fence_i(1'b0),\n    .fence_info_i(fence_info)\n  );\n\n`ifndef"),
    ("the TLB is not told of fences", TLB, ".flags_i(walk_rsp_i.flags),\n    .fence_i,",
     ".flags_i(walk_rsp_i.flags),\n    .fence_i(1'b0),"),
    ("address not checked to be canonical on a hit", ENTRIES,
     "mmu_pkg::is_canonical(Mode, vaddr_i[63:38]) && |match", "|match"),
    ("entries of other address spaces used", ENTRIES,
     "(global_page[i] || asid_q[i] == asid_i);\n    assign superseded", "1'b1;\n    assign superseded"),
    ("global entries not shared", ENTRIES, "covers && (global_page[i] || asid_q[i] == asid_i)",
     "covers && (asid_q[i] == asid_i)"),
    ("an entry without its page compared", ENTRIES, "valid_q[i] && covers &&", "valid_q[i] &&"),
    ("an entry used that is not valid", ENTRIES, "valid_q[i] && covers", "covers"),
    ("an older entry of the page stays", ENTRIES, "fill_i && overlaps\n", "1'b0 && overlaps\n"),
    ("a fence that removes nothing", ENTRIES, "assign fenced[i] = fence_i &&",
     "assign fenced[i] = 1'b0 &&"),
    ("a fence of one page removes all", ENTRIES, "(fence_covers || !fence_info_i.by_address)", "1'b1"),
    ("a fence of one page by the request's address", ENTRIES, ".b_i(fence_info_i.vaddr)",
     ".b_i(vaddr_i)"),
    ("a fence of one page takes large ones for small", ENTRIES,
     ".b_i(fence_info_i.vaddr), .level_i(level_q[i])", ".b_i(fence_info_i.vaddr), .level_i(3'd0)"),
    ("a fence of one address space removes all", ENTRIES,
     "!(fence_info_i.by_asid && (global_page[i] || asid_q[i] != fence_info_i.asid))", "1'b1"),
    ("a fence of one address space removes global entries", ENTRIES,
     "(global_page[i] || asid_q[i] != fence_info_i.asid)", "(asid_q[i] != fence_info_i.asid)"),
    ("a fence by the request's address space", ENTRIES, "asid_q[i] != fence_info_i.asid",
     "asid_q[i] != asid_i"),
    ("the victim before a free place", ENTRIES, "if (!valid_q[i-1]) fill_way", "if (1'b0) fill_way"),
    ("always the same place filled", ENTRIES, "fill_way = victim;", "fill_way = '0;"),
    ("a fill forgets G", ENTRIES, "flags_q[i] <= flags_i;",
     "flags_q[i] <= flags_i & 8'hdf;"),
    ("a fill claims G", ENTRIES, "flags_q[i] <= flags_i;",
     "flags_q[i] <= flags_i | 8'h20;"),
    ("a fill claims D", ENTRIES, "flags_q[i] <= flags_i;", "flags_q[i] <= flags_i | 8'h80;"),
    ("a fill takes large pages for small", ENTRIES, "level_q[i] <= level_i;", "level_q[i] <= '0;"),
    ("the high PPN bits of a fill lost", ENTRIES, "ppn_q[i] <= ppn_i;", "ppn_q[i] <= 44'(ppn_i[31:0]);"),
    ("one address bit too few compared", COVER, "if (32'(level_i) <= i && ",
     "if (32'(level_i) <= i && i != 0 && "),
    ("a large page's offset lost", JOIN, "if (32'(level_i) >= i)", "if (1'b0)"),
    ("every page taken for a large one", JOIN, "if (32'(level_i) >= i)", "if (i == 1)"),
]
