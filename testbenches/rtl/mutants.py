#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Applies one-line mutants to the walker in hardware. The random lockstep has to kill each of them;
the table says how many walks it took."""

import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PACKAGE, PLRU = "rtl/common/mmu_pkg.sv", "rtl/common/tree_plru.sv"
CHECK, LEVEL, CACHE = "rtl/ptw/pte_check.sv", "rtl/ptw/walk_cache_level.sv", "rtl/ptw/walk_cache.sv"
ACCESS, ANSWER, CONTROL = "rtl/ptw/ptw_access.sv", "rtl/ptw/ptw_answer.sv", "rtl/ptw/ptw_control.sv"
POSITION, UPDATE, PTW = "rtl/ptw/ptw_position.sv", "rtl/ptw/ptw_update.sv", "rtl/ptw/ptw.sv"
FILES = [PACKAGE, PLRU, CHECK, LEVEL, CACHE, ACCESS, ANSWER, CONTROL, POSITION, UPDATE, PTW,
         "rtl/cosim/ptw_walker.sv"]
WALKS = 200_000

# (what a designer could get wrong, file, the line's text, its mutant)
MUTANTS = [
    ("accessed bit in a pointer accepted", CHECK, "(flags.d || flags.a || flags.u)",
     "(flags.d || flags.u)"),
    ("dirty bit in a pointer accepted", CHECK, "(flags.d || flags.a || flags.u)",
     "(flags.a || flags.u)"),
    ("user bit in a pointer accepted", CHECK, "(flags.d || flags.a || flags.u)",
     "(flags.d || flags.a)"),
    ("reserved bits ignored", CHECK, "|{pte_i.n, pte_i.pbmt, pte_i.reserved}",
     "|{pte_i.n, pte_i.pbmt}"),
    ("N ignored", CHECK, "|{pte_i.n, pte_i.pbmt,", "|{pte_i.pbmt,"),
    ("PBMT ignored", CHECK, "|{pte_i.n, pte_i.pbmt,", "|{pte_i.n,"),
    ("reserved bits of leaves only", CHECK, "assign reserved = |{pte_i.n,",
     "assign reserved = is_leaf && |{pte_i.n,"),
    ("misaligned superpage accepted", CHECK, "if (misaligned) begin", "if (1'b0) begin"),
    ("only the lowest PPN field of a superpage checked", CHECK, "for (int unsigned i = 1; i < Levels;",
     "for (int unsigned i = 1; i < 2;"),
    ("permissions before alignment", CHECK, "if (misaligned) begin",
     "if (misaligned && !user_denied && !denied) begin"),
    ("write-only encoding accepted", CHECK, "(flags.w && !flags.r) || reserved", "reserved"),
    ("invalid entry with permissions accepted", CHECK, "if (!flags.v || ", "if ("),
    ("a pointer at the last level accepted", CHECK,
     "pointer_o = level_i != '0;\n      fault_o = level_i == '0;",
     "pointer_o = 1'b1;\n      fault_o = 1'b0;"),
    ("execute-only page taken for a pointer", CHECK, "flags.r || flags.w || flags.x;",
     "flags.r || flags.w;"),
    ("SUM lets supervisor code fetch user pages", CHECK,
     "(request_i.access == mmu_pkg::Fetch || !request_i.sum)", "!request_i.sum"),
    ("SUM ignored", CHECK, "(request_i.access == mmu_pkg::Fetch || !request_i.sum)", "1'b1"),
    ("SUM helps user code", CHECK, "mmu_pkg::User) ? !flags.u :",
     "mmu_pkg::User) ? !(flags.u || request_i.sum) :"),
    ("MXR ignored", CHECK, "(request_i.mxr && flags.x)", "1'b0"),
    ("MXR makes executable pages writable", CHECK, "default:        denied = !flags.w;",
     "default:        denied = !(flags.w || (request_i.mxr && flags.x));"),
    ("a fetch needs R only", CHECK, "denied = !flags.x;", "denied = !flags.r;"),
    ("dirty bit not needed by stores", CHECK,
     "(!flags.a || (request_i.access == mmu_pkg::Store && !flags.d))", "!flags.a"),
    ("dirty bit needed by loads", CHECK, "request_i.access == mmu_pkg::Store && !flags.d",
     "!flags.d"),
    ("address not checked to be canonical", CONTROL, "state_d = (canonical_i && !abort_o)",
     "state_d = (!abort_o)"),
    ("the next request's address checked to be canonical", POSITION,
     "is_canonical(Mode, req_q.vaddr[63:38])", "is_canonical(Mode, req_i.vaddr[63:38])"),
    ("a PTE read that PMP denies is a page fault", CONTROL, "access_fault_o = stopped_i;",
     "page_fault_o = stopped_i;"),
    ("PMP not obeyed", ACCESS, "(pmp_denied_i || abort_i)", "(abort_i)"),
    ("PMP asked with the original access", PTW, "assign pmp_write_o = mem_update_o;",
     "assign pmp_write_o = req.access == mmu_pkg::Store;"),
    ("PMP asked for a read where it is an update", PTW, "assign pmp_write_o = mem_update_o;",
     "assign pmp_write_o = 1'b0;"),
    ("a store walk's access fault is a load's", PACKAGE,
     "(access == mmu_pkg::Load)  ? mmu_pkg::LoadAccessFault : mmu_pkg::StoreAccessFault",
     "mmu_pkg::LoadAccessFault"),
    ("a fetch walk's page fault is a load's", PACKAGE,
     "(access == mmu_pkg::Fetch) ? mmu_pkg::InstructionPageFault", "1'b0 ? mmu_pkg::LoadPageFault"),
    ("memory's error is a page fault", CONTROL, "if (error_i) begin\n          access_fault_o",
     "if (error_i) begin\n          page_fault_o"),
    ("memory's error ignored", CONTROL, "if (error_i) begin", "if (1'b0) begin"),
    ("a pointer's high PPN bits lost", POSITION, "table_d = pointer_i.ppn;",
     "table_d = 44'(pointer_i.ppn[31:0]);"),
    ("a pointer's G forgotten", POSITION, "global_d = global_q || pointer_i.flags.g;",
     "global_d = global_q;"),
    ("a walk-cache hit's G forgotten", POSITION, "global_d = wc_hit && wc_global;", "global_d = 1'b0;"),
    ("G of the walk before remembered", POSITION, "global_d = wc_hit && wc_global;",
     "global_d = wc_hit ? wc_global : global_q;"),
    ("no update of A and D", CONTROL, "(stale_i && Svadu)", "(1'b0)"),
    ("D set by loads", UPDATE, "leaf_q.flags.d || store_i", "1'b1"),
    ("the update not compared", UPDATE, "data_i != leaf_q", "1'b0"),
    ("a lost update not read again", CONTROL, "if (lost_i) state_d = Access;",
     "page_fault_o = lost_i;"),
    ("an update that is denied still answers", CONTROL, "access_fault_o = stopped_i;",
     "access_fault_o = stopped_i && !update_i;\n        translated_o = stopped_i && update_i;"),
    ("the answer without A and D", ANSWER, "update_i ? desired_i.flags : data_i.flags", "data_i.flags"),
    ("a fence forgotten in the middle of a walk", CONTROL, "aborted_q <= abort_o && state_q != Idle;",
     "aborted_q <= 1'b0;"),
    ("a fence drops the request to memory", ACCESS, "assign mem_valid_o = state_q == Request;",
     "assign mem_valid_o = state_q == Request && !abort_i;"),
    ("a fence leaves Wait before memory has answered", ACCESS, "assign done_o = state_q == Wait && mem_rsp_valid_i;",
     "assign done_o = state_q == Wait && (mem_rsp_valid_i || abort_i);"),
    ("a fenced walk fills the walk cache", POSITION, "descend_i && !abort_i", "descend_i"),
    ("a request accepted together with a fence", CONTROL, "state_q == Idle && !fence_i", "state_q == Idle"),
    ("a request accepted while answering", CONTROL, "state_q == Idle && !fence_i",
     "(state_q == Idle || state_q == Respond) && !fence_i"),
    ("an answer not held until it is taken", CONTROL, "if (rsp_ready_i) state_d = Idle;",
     "state_d = Idle;"),
    ("a request to memory not held until it is granted", ACCESS, "if (mem_ready_i) state_d = Wait;",
     "state_d = Wait;"),
    ("a fence of one address space removes all", LEVEL,
     "fence_i && !(fence_by_asid_i && (global_q[i] || asid_q[i] != fence_asid_i))", "fence_i"),
    ("a fence of one address space removes global pointers", LEVEL,
     "(global_q[i] || asid_q[i] != fence_asid_i)", "asid_q[i] != fence_asid_i"),
    ("a fence by the walk's address space, not its own", LEVEL, "asid_q[i] != fence_asid_i",
     "asid_q[i] != asid_i"),
    ("a fence that removes nothing", LEVEL, "valid_d[i] = 1'b0;", "valid_d[i] = valid_q[i];"),
    ("a fence of one page removes pointers", CACHE, "fence_i && !fence_info_i.by_address", "fence_i"),
    ("pointers of other address spaces used", LEVEL,
     "(global_q[i-1] || asid_q[i-1] == asid_i)", "1'b1"),
    ("global pointers not shared", LEVEL, "(global_q[i-1] || asid_q[i-1] == asid_i)",
     "(asid_q[i-1] == asid_i)"),
    ("the highest known level used", CACHE, "hit & (~hit + 1'b1)",
     "(|hit[2:1] && hit[Levels-1]) ? Levels'(1) << (Levels-1) : hit & (~hit + 1'b1)"),
    ("replacement forgets hits", LEVEL, "fill || (use_i && hit_o)", "fill"),
    ("replacement points to what was used", PLRU, "~way_i[i]", "way_i[i]"),
    ("one address bit too few compared", CACHE, "vaddr_i[VirtualBits-1:Low]",
     "{1'b0, vaddr_i[VirtualBits-2:Low]}"),
    ("a step of the latency contract skipped", CONTROL, "if (done_i) state_d = Examine;",
     "if (done_i) state_d = abort_o ? Idle : Examine;"),
]


INCLUDE = "/usr/share/verilator/include"


def verilate(folder, source):
    """The model of the walker in `source`; the tool's words where there is none."""
    command = ["verilator", "--cc", "--build", "-j", "1", "-O3", "--x-assign", "unique",
               "--x-initial", "unique", "-Wno-fatal", "-Wno-lint", "--prefix", "Vmutant",
               "--top-module", "ptw_walker", "--Mdir", str(folder / "obj"), "--trace-fst",
               "-CFLAGS", "-O0"] + [str(source / f) for f in FILES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else None


def compile_common(args, scratch):
    """What all mutants share: Verilator's runtime, and the program. Only the insides differ."""
    problem = verilate(scratch, args.root)
    if problem:
        sys.exit(problem)
    flags = ["g++", "-std=c++17", "-w", f"-I{INCLUDE}", f"-I{INCLUDE}/vltstd", "-c"]
    objects = []
    for name in ("verilated", "verilated_fst_c", "verilated_threads"):
        objects.append(str(scratch / f"{name}.o"))
        subprocess.run(flags + ["-O1", f"{INCLUDE}/{name}.cpp", "-o", objects[-1]], check=True)
    objects.append(str(scratch / "mutant_main.o"))
    subprocess.run(flags + ["-O1", f"-I{args.root}", f"-I{scratch / 'obj'}", "-o", objects[-1],
                            str(args.root / "testbenches/rtl/mutant_main.cpp")], check=True)
    return objects


def link(folder, args):
    models = args.build / "models"
    libraries = [str(models / p) for p in
                 ("cosim/libcosim_lockstep.a", "ptw/libptw_core.a", "stats/libstats.a",
                  "config/libconfig.a", "replacement/libreplacement.a")]
    command = ["g++"] + args.common + [str(folder / "obj" / "Vmutant__ALL.a"), "-Wl,--start-group"]
    command += libraries + ["-Wl,--end-group", "-lfmt", "-lz", "-lpthread", "-o",
                            str(folder / "lockstep")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else None


def run_mutant(number, args, scratch):
    """(walks to the kill or None, what was seen) of a mutant."""
    what, file, text, mutant = MUTANTS[number]
    folder = scratch / f"m{number}"
    source = folder / "source"
    shutil.copytree(args.root / "rtl", source / "rtl")
    original = (source / file).read_text(encoding="utf-8")
    if original.count(text) == 0:
        return None, f"'{text}' is not in {file}"
    (source / file).write_text(original.replace(text, mutant, 1), encoding="utf-8")
    problem = verilate(folder, source) or link(folder, args)
    if problem:
        return None, "does not build: " + problem[-600:]
    try:
        done = subprocess.run([str(folder / "lockstep"), str(WALKS)], capture_output=True, text=True,
                              timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return None, "no end within a minute"
    killed = re.match(r"killed (\d+) (.*)", done.stdout)
    shutil.rmtree(folder)
    return (int(killed.group(1)), killed.group(2)) if killed else (None, "survives " + done.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of mutants")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    numbers = args.only if args.only else range(len(MUTANTS))
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        args.common = compile_common(args, scratch)
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            results = list(pool.map(lambda n: run_mutant(n, args, scratch), numbers))
    print(f"| {'mutant':62} | walks | seen as |\n|{'-' * 64}|------:|---------|")
    survivors = 0
    for number, (walks, seen) in zip(numbers, results):
        survivors += walks is None
        print(f"| {MUTANTS[number][0]:62} | {walks if walks else '-':>5} | {seen} |")
    print(f"{len(results)} mutants, {survivors} not killed")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()
