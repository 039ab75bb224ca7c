# SPDX-License-Identifier: Apache-2.0
"""What tools/check_formal.py proves: a row for each proof, and for each mutant that one refutes."""

import dataclasses

from rtl_files import OFF, ON, SV32, SV39, SV48, SV57


@dataclasses.dataclass
class Proof:
    """A harness of rtl/formal and how it is solved.

    Engines: "bmc" (holds for `depth` cycles from reset), "for ever" (that, which finds most mistakes
    soonest, and then PDR seeks an invariant), "induction" (by z3, k = `depth`), "cover" (each cover is reached within `depth`).
    """
    name: str
    top: str
    parameters: dict
    engine: str
    depth: int
    seconds: int = 600  # after which a solver is stopped
    long: bool = False
    # Modules that others stand in for, of which only what their *_rules assert is known.
    contracts: dict = dataclasses.field(default_factory=dict)
    # Modules whose assertions are neither proven nor assumed.
    without: tuple = ()


def walk(name, mode, svadu, depth, **others):
    """The longest walk takes 2 + 4 accesses; reset and the request come before it."""
    return Proof("walk." + name, "walk_proof", {"Mode": mode, "Svadu": svadu}, "bmc", depth, **others)


# Of a request: a bit of each field, two of the page, in the order of walk_request_t.
SAMPLE = "130'h200000000000040017000100000000001"
# Without the words of memory.
CONTROL = ("data_rules", "ptw_memory_port")


def pool(name, walkers, requesters, engine, depth, free=None, **others):
    parameters = {"Mode": SV32, "Walkers": walkers, "Requesters": requesters}
    return Proof("pool." + name, "pool_proof", parameters | ({"Free": free} if free else {}), engine,
                 depth, contracts={"ptw": "ptw_contract"}, **others)


def ports(name, mode, svadu, cache, engine, depth, **others):
    return Proof(name, "handshake_proof",
                 {"Mode": mode, "Svadu": svadu, "WalkCacheEntries": cache}, engine, depth, **others)


PROOFS = [
    walk("sv32_svade", SV32, OFF, 14),
    walk("sv32_svadu", SV32, ON, 30),
    walk("sv39_svade", SV39, OFF, 18),
    walk("sv39_svadu", SV39, ON, 38),
    walk("sv48_svade", SV48, OFF, 22),
    walk("sv48_svadu", SV48, ON, 46),
    walk("sv57_svade", SV57, OFF, 26, long=True),
    walk("sv57_svadu", SV57, ON, 54, long=True),
    ports("ports.sv32_svadu", SV32, ON, 0, "for ever", 10),
    ports("ports.sv39_svade", SV39, OFF, 0, "for ever", 10),
    ports("ports.sv39_svadu", SV39, ON, 0, "for ever", 10),
    ports("ports.sv48_svadu", SV48, ON, 0, "for ever", 10),
    ports("ports.sv39_walk_cache", SV39, ON, 2, "bmc", 30),
    ports("ports.sv39_walk_cache_deep", SV39, ON, 2, "bmc", 60, seconds=3600, long=True),
    pool("control", 2, 2, "for ever", 10, free=SAMPLE, without=CONTROL),
    pool("merging", 2, 2, "bmc", 8, without=CONTROL),
    pool("data", 2, 2, "bmc", 12, free=SAMPLE),
    pool("control_of_three", 2, 3, "for ever", 8, free=SAMPLE, without=CONTROL,
         seconds=3600, long=True),
    pool("merging_deep", 2, 2, "bmc", 12, without=CONTROL, seconds=3600, long=True),
    pool("data_deep", 2, 2, "bmc", 24, free=SAMPLE, seconds=3600, long=True),
    Proof("pool.waiters", "waiters_proof", {"Requesters": 2}, "for ever", 6),
    Proof("pool.memory_port", "memory_port_proof", {"Walkers": 3}, "for ever", 6),
    ports("states.walker", SV39, ON, 2, "cover", 30),
    Proof("states.pool", "pool_proof", {"Mode": SV32, "Walkers": 2, "Requesters": 2, "Free": SAMPLE},
          "cover", 10, contracts={"ptw": "ptw_contract"}, without=CONTROL),
    Proof("states.tlb", "tlb_ports_proof", {"Mode": SV39, "Entries": 2}, "cover", 20),
    Proof("tlb.ports", "tlb_ports_proof", {"Mode": SV39, "Entries": 2}, "bmc", 12),
    Proof("tlb.entries_2", "tlb_proof", {"Mode": SV39, "Entries": 2}, "induction", 4),
    Proof("tlb.entries_4", "tlb_proof", {"Mode": SV39, "Entries": 4}, "bmc", 10),
]


def by_name(name):
    return next(p for p in PROOFS if p.name == name)


CHECK, CONTROL = "rtl/ptw/pte_check.sv", "rtl/ptw/ptw_control.sv"
ACCESS = "rtl/ptw/ptw_access.sv"
WAITERS, POOL, TURNS = "rtl/ptw/ptw_waiters.sv", "rtl/ptw/ptw_pool.sv", "rtl/common/round_robin.sv"
UPDATE, ENTRIES = "rtl/ptw/ptw_update.sv", "rtl/tlb/tlb_entries.sv"

# (what a designer could get wrong, file, its text, the mutant's, the proof that refutes it)
MUTANTS = [
    ("dirty bit not needed by stores", CHECK, "request_i.access == mmu_pkg::Store && !flags.d",
     "1'b0", "walk.sv32_svade"),
    ("D set by loads", UPDATE, "leaf_q.flags.d || store_i", "1'b1", "walk.sv32_svadu"),
    ("a lost update not read again", CONTROL, "if (lost_i) state_d = Access;",
     "page_fault_o = lost_i;", "walk.sv32_svadu"),
    ("misaligned superpage accepted", CHECK, "if (misaligned) begin", "if (1'b0) begin",
     "walk.sv32_svade"),
    ("only the lowest PPN field of a superpage checked", CHECK,
     "for (int unsigned i = 1; i < Levels;", "for (int unsigned i = 1; i < 2;", "walk.sv39_svade"),
    ("a pointer at the last level accepted", CHECK,
     "pointer_o = level_i != '0;\n      fault_o = level_i == '0;",
     "pointer_o = 1'b1;\n      fault_o = 1'b0;", "walk.sv32_svade"),
    ("PMP asked with the original access", "rtl/ptw/ptw.sv", "assign pmp_write_o = mem_update_o;",
     "assign pmp_write_o = req.access == mmu_pkg::Store;", "walk.sv32_svade"),
    ("an answer lost on a fence", CONTROL, "if (done_i) state_d = Examine;",
     "if (done_i) state_d = abort_o ? Idle : Examine;", "ports.sv32_svadu"),
    ("a fence forgotten in the middle of a walk", CONTROL, "aborted_q <= abort_o && state_q != Idle;",
     "aborted_q <= 1'b0;", "ports.sv32_svadu"),
    ("a fence drops the request to memory", ACCESS, "assign mem_valid_o = state_q == Request;",
     "assign mem_valid_o = state_q == Request && !abort_i;", "ports.sv32_svadu"),
    ("a request accepted while answering", CONTROL, "state_q == Idle && !fence_i",
     "(state_q == Idle || state_q == Respond) && !fence_i", "ports.sv32_svadu"),
    ("every update taken for lost", UPDATE, "data_i != leaf_q", "1'b1",
     "ports.sv32_svadu"),
    ("the highest known level used", "rtl/ptw/walk_cache.sv", "assign chosen = hit & (~hit + 1'b1);",
     "assign chosen = hit[Levels-1] ? Levels'(1) << (Levels - 1) : hit & (~hit + 1'b1);",
     "ports.sv39_walk_cache"),
    ("permissions not checked again on a hit", "rtl/tlb/tlb.sv", "found && allowed && !stale",
     "found && !stale", "tlb.ports"),
    ("A and D stale on a hit", "rtl/tlb/tlb.sv", "found && allowed && !stale", "found && allowed",
     "tlb.ports"),
    ("a fence by address removes nothing", ENTRIES, "(fence_covers || !fence_info_i.by_address)",
     "!fence_info_i.by_address", "tlb.entries_4"),
    ("a fence of an address space spares it", ENTRIES, "asid_q[i] != fence_info_i.asid",
     "asid_q[i] == fence_info_i.asid",
     "tlb.entries_2"),
    ("a fill leaves what overlaps it", ENTRIES, "valid_q & ~superseded & ~fenced",
     "valid_q & ~fenced", "tlb.entries_4"),
    ("entries of other address spaces used", ENTRIES, "(global_page[i] || asid_q[i] == asid_i);",
     "1'b1;", "tlb.entries_4"),
    ("requests of other address spaces merged", WAITERS, "same_o[i] = difference",
     "difference.asid = '0;\n      same_o[i] = difference", "pool.waiters"),
    ("a walk joined that has its answer", WAITERS, "open_q && !walk_rsp_valid_i && !fence_i",
     "open_q && !fence_i", "pool.waiters"),
    ("a walk joined that a fence has overtaken", WAITERS,
     "start_i != '0) && !walk_rsp_valid_i && !fence_i", "start_i != '0) && !walk_rsp_valid_i",
     "pool.waiters"),
    ("only one of those who wait is answered", WAITERS, "walk_rsp_valid_i ? wait_q : '0",
     "walk_rsp_valid_i ? wait_q & (~wait_q + 1'b1) : '0", "pool.waiters"),
    ("the walker free when the first has its answer", WAITERS, "(wait_q & ~rsp_ready_i) == '0",
     "(wait_q & rsp_ready_i) != '0", "pool.waiters"),
    ("a fence that does not reach the walkers", POOL,
     ".pmp_denied_i(pmp_denied_i[i]),\n      .fence_i,",
     ".pmp_denied_i(pmp_denied_i[i]),\n      .fence_i(1'b0),", "pool.control"),
    ("everybody gets the first walker's answer", POOL, "= rsp[i*ResponseBits +: ResponseBits]",
     "= rsp[0 +: ResponseBits]", "pool.control"),
    ("a requester with a request under way asks again", "rtl/ptw/ptw_dispatch.sv",
     "req_valid_i & ~wait_i", "req_valid_i", "pool.control"),
    ("memory's answer goes to every walker", "rtl/ptw/ptw_memory_port.sv",
     "mem_rsp_valid_i && mem_rsp_id_i == IdBits'(i)", "mem_rsp_valid_i", "pool.control"),
    ("the number changes while the request waits", TURNS, "(held_q != '0) ? held_q : ", "",
     "pool.memory_port"),
    ("the lowest always first", TURNS, "if (take_i && grant_o != '0) behind_d", "if (1'b0) behind_d",
     "pool.memory_port"),
]

# Signals that the wave of a mutant's counterexample has to show: one mutant of each engine.
SHOWN = {
    "dirty bit not needed by stores": [
        "walk_proof.rsp", "walk_proof.expected", "walk_proof.i_ptw.i_control.state_q",
        "walk_proof.i_ptw.i_check.request_i"],
    "an answer lost on a fence": [
        "handshake_proof.fence", "handshake_proof.req_ready", "handshake_proof.i_rules.walking_q",
        "handshake_proof.i_ptw.i_control.state_q"],
    "a fence of an address space spares it": [
        "tlb_proof.hit", "tlb_proof.known_q", "tlb_proof.fence_info", "tlb_proof.i_entries.valid_q"],
}
