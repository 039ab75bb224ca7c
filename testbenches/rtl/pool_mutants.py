# SPDX-License-Identifier: Apache-2.0
"""Mutants of the pool of walkers, which its checks have to kill."""

TURNS, WAITERS = "rtl/common/round_robin.sv", "rtl/ptw/ptw_waiters.sv"
DISPATCH, MEMORY = "rtl/ptw/ptw_dispatch.sv", "rtl/ptw/ptw_memory_port.sv"
POOL = "rtl/ptw/ptw_pool.sv"
TOP = "ptw_pool"
MAIN = "pool_mutant_main.cpp"
UNIT = "cycles"
FLAGS = []

# What two requests differ in; bits: access at 64, privilege at 62, SUM at 61, MXR at 60, ASID at 44.
OFFSET = "difference.vaddr[mmu_pkg::PageShift-1:0] = '0;"

# (what a designer could get wrong, file, the line's text, its mutant)
MUTANTS = [
    ("any page joins", WAITERS, OFFSET, "difference.vaddr = '0;"),
    ("one address bit too few compared", WAITERS, OFFSET, OFFSET + " difference.vaddr[12] = 1'b0;"),
    ("another offset in the page does not join", WAITERS, OFFSET, ""),
    ("any access joins", WAITERS, OFFSET, OFFSET + " difference &= ~(130'd3 << 64);"),
    ("any privilege joins", WAITERS, OFFSET, OFFSET + " difference &= ~(130'd3 << 62);"),
    ("any SUM joins", WAITERS, OFFSET, OFFSET + " difference &= ~(130'd1 << 61);"),
    ("any MXR joins", WAITERS, OFFSET, OFFSET + " difference &= ~(130'd1 << 60);"),
    ("any ASID joins", WAITERS, OFFSET, OFFSET + " difference &= ~(130'hffff << 44);"),
    ("one bit of the ASID too few compared", WAITERS, OFFSET, OFFSET + " difference &= ~(130'd1 << 59);"),
    ("any root joins", WAITERS, OFFSET, OFFSET + " difference &= ~((130'd1 << 44) - 1);"),
    ("one bit of the root too few compared", WAITERS, OFFSET, OFFSET + " difference &= ~(130'd1 << 43);"),
    ("addresses that are not canonical are not told apart", WAITERS, OFFSET,
     OFFSET + " difference.vaddr[63:39] = '0;"),
    ("an idle walker is joined", WAITERS, "difference == '0 && open_q &&", "difference == '0 &&"),
    ("a walk that has its answer is joined", WAITERS, "open_q && !walk_rsp_valid_i && !fence_i;",
     "open_q && !fence_i;"),
    ("a walk is joined together with a fence", WAITERS, "open_q && !walk_rsp_valid_i && !fence_i;",
     "open_q && !walk_rsp_valid_i;"),
    ("a walk that a fence has overtaken is joined", WAITERS,
     "(open_q || start_i != '0) && !walk_rsp_valid_i && !fence_i;",
     "(open_q || start_i != '0) && !walk_rsp_valid_i;"),
    ("a walk that is over is joined", WAITERS,
     "(open_q || start_i != '0) && !walk_rsp_valid_i && !fence_i;",
     "(open_q || start_i != '0) && !fence_i;"),
    ("nobody joins", WAITERS, "same_o[i] = difference == '0 &&", "same_o[i] = 1'b0 &&"),
    ("the first who takes the answer frees the walker", WAITERS, "(wait_q & ~rsp_ready_i) == '0",
     "(wait_q & rsp_ready_i) != '0"),
    ("an answer is given twice", WAITERS, "(wait_q & ~(rsp_valid_o & rsp_ready_i))", "wait_q"),
    ("who joins is forgotten", WAITERS, "| start_i | join_i;", "| start_i;"),
    ("everybody gets every answer", WAITERS, "walk_rsp_valid_i ? wait_q : '0",
     "{Requesters{walk_rsp_valid_i}}"),
    ("the walk of before is compared", WAITERS, "(start_i != '0) ? walk_i : walk_q", "walk_q"),
    ("a second request of a requester accepted", DISPATCH, "req_valid_i & ~wait_i", "req_valid_i"),
    ("a walk begins in every free walker", DISPATCH, "free_i & (~free_i + 1'b1)", "free_i"),
    ("who joins begins a walk as well", DISPATCH, "asks & ~joins_o :", "asks :"),
    ("who joins is not told", DISPATCH, "assign req_ready_o = joins_o | grant;",
     "assign req_ready_o = grant;"),
    ("a request granted while no walker is free", DISPATCH, "(free_i != '0) ? asks", "(1'b1) ? asks"),
    ("the first requester's request walked", DISPATCH, "walk_o | req_i[i*Bits +: Bits]",
     "walk_o | req_i[0 +: Bits]"),
    ("the first requester comes first", TURNS, "behind_d = ~(grant_o | (grant_o - 1'b1));",
     "behind_d = '0;"),
    ("a grant is not held", TURNS, "(held_q != '0) ? held_q :", "1'b0 ? held_q :"),
    ("a grant is held for ever", TURNS, "held_q <= take_i ? '0 : grant_o;",
     "held_q <= (held_q != '0) ? held_q : grant_o;"),
    ("every walker that asks memory is granted", MEMORY, "mem_ready_i ? grant : '0",
     "mem_ready_i ? valid_i : '0"),
    ("memory's answer goes to every walker", MEMORY,
     "mem_rsp_valid_i && mem_rsp_id_i == IdBits'(i)", "mem_rsp_valid_i"),
    ("memory's answer goes to the first walker", MEMORY, "mem_rsp_id_i == IdBits'(i)", "i == 0"),
    ("memory is told the wrong walker", MEMORY, "mem_id_o = IdBits'(i);", "mem_id_o = '0;"),
    ("another walker's update", MEMORY, "(grant & update_i) != '0", "update_i != '0"),
    ("the first walker's address", MEMORY, "addr_i[i*mmu_pkg::PhysicalBits +:", "addr_i[0 +:"),
    ("the first walker's update", MEMORY, "desired_i[i*64 +: 64]", "desired_i[0 +: 64]"),
    ("a fence of the first walker only", POOL, ".fence_i,\n      .fence_info_i",
     ".fence_i(fence_i && i == 0),\n      .fence_info_i"),
    ("those who wait are not told of fences", POOL, "+: Requesters]),\n      .fence_i\n",
     "+: Requesters]),\n      .fence_i(1'b0)\n"),
    ("PMP's answer of the first walker", POOL, "pmp_denied_i[i]", "pmp_denied_i[0]"),
    ("the first walker's answer", POOL, "= rsp[i*ResponseBits +: ResponseBits];",
     "= rsp[0 +: ResponseBits];"),
    ("an answer is not held until all have taken it", POOL, ".rsp_ready_i(rsp_ready)",
     ".rsp_ready_i(1'b1)"),
]
