#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every hardware module passes Verilator's lint without a warning and is synthesised by Yosys, to
about the size and depth that testbenches/rtl/synthesis.golden says (TLMMU_UPDATE_GOLDEN=1 renews
it). So does every harness of the proofs, but for the synthesis."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import formal_proofs
import rtl_files
import sources
from rtl_files import OFF, ON, SV32, SV39, SV48, SV57

GOLDEN = "testbenches/rtl/synthesis.golden"
TOLERANCE = 0.05
# Top module, and the parameters of each of its variants.
TOPS = [
    ("ptw", {"Mode": SV32, "Svadu": ON, "WalkCacheEntries": 0}),
    ("ptw", {"Mode": SV39, "Svadu": OFF, "WalkCacheEntries": 0}),
    ("ptw", {"Mode": SV39, "Svadu": ON, "WalkCacheEntries": 4}),
    ("ptw", {"Mode": SV48, "Svadu": ON, "WalkCacheEntries": 0}),
    ("ptw", {"Mode": SV48, "Svadu": ON, "WalkCacheEntries": 4}),
    ("ptw", {"Mode": SV57, "Svadu": ON, "WalkCacheEntries": 0}),
    ("ptw_pool", {"Mode": SV39, "Svadu": ON, "WalkCacheEntries": 0, "Walkers": 2, "Requesters": 4}),
    ("tlb", {"Mode": SV32, "Entries": 8}),
    ("tlb", {"Mode": SV39, "Entries": 8}),
    ("mmu_top", {"Mode": SV48, "Entries": 4, "WalkCacheEntries": 2}),
    ("ptw_walker", {"Mode": SV39, "Svadu": ON, "WalkCacheEntries": 0, "Pool": OFF}),
    ("ptw_walker", {"Mode": SV39, "Svadu": ON, "WalkCacheEntries": 0, "Pool": ON}),
    ("small_walker", {}),
]
# Harnesses of rtl/formal, each with the parameters of each of its proofs, and their contracts.
HARNESSES = sorted({(p.top, tuple(p.parameters.items())) for p in formal_proofs.PROOFS}
                   | {(c, ()) for p in formal_proofs.PROOFS for c in p.contracts.values()})
# What an array of registers is by intent, and no surprise.
EXPECTED = re.compile(r"Warning: Replacing memory \S+ with list of registers")
SECONDS = 120


def run(command, root):
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=SECONDS,
                          check=False)
    return done.returncode, done.stdout + done.stderr


def lint(root, top, parameters, files):
    command = ["verilator", "--lint-only", "-Wall", "--assert", "--top-module", top]
    command += [f"-G{name}={value}" for name, value in parameters.items()]
    code, output = run(command + files, root)
    return output if code or "%" in output else ""


def synthesise(root, top, parameters, files, folder):
    """Problems of a synthesis, and (cells, flip-flops, gates on the longest path)."""
    report = pathlib.Path(folder) / "report"
    sets = "".join(f"chparam -set {name} {value} {top}; " for name, value in parameters.items())
    script = (f"read_verilog -sv {' '.join(files)}; {sets}synth -flatten -top {top}; "
              "abc -g AND,NAND,OR,NOR,XOR,XNOR,MUX -fast; "
              f"tee -q -o {report} ltp -noff; tee -q -a {report} stat")
    code, output = run(["yosys", "-q", "-p", script], root)
    problems = [line for line in output.splitlines()
                if re.search(r"warning|error|latch", line, re.I) and not EXPECTED.search(line)]
    if code:
        return problems or [output], None
    text = report.read_text(encoding="utf-8")
    kinds = {kind: int(count) for kind, count in re.findall(r"^ +(\$_\w+_) +(\d+)$", text, re.M)}
    memories = int(re.search(r"Number of memories: +(\d+)", text)[1])
    if memories or any("LATCH" in kind for kind in kinds):
        problems.append("a memory or a latch is inferred")
    flops = sum(count for kind, count in kinds.items() if "DFF" in kind)
    longest = re.search(r"Longest topological path .*length=(\d+)", text)
    cells = int(re.search(r"Number of cells: +(\d+)", text)[1])
    return problems, (cells - flops, flops, int(longest[1]) if longest else 0)


def yosys_version():
    words = subprocess.run(["yosys", "-V"], capture_output=True, text=True, check=False).stdout
    return " ".join(words.split()[:2])


def compare(root, rows):
    """Problems of rows of (variant, numbers) that differ from the golden. Another Yosys makes other
    numbers: they are not compared."""
    text = f"# {yosys_version()}\n" + "".join(
        f"{name}: {' '.join(str(n) for n in numbers)}\n" for name, numbers in rows)
    if os.environ.get("TLMMU_UPDATE_GOLDEN"):
        (root / GOLDEN).write_text(text, encoding="utf-8")
        return []
    first, *lines = sources.read(root, GOLDEN).splitlines()
    if first != text.splitlines()[0]:
        print(f"not compared with {GOLDEN}: it is of {first[2:]}")
        return []
    golden = {name: [int(n) for n in numbers.split()]
              for name, numbers in (line.split(": ") for line in lines)}
    refresh = "TLMMU_UPDATE_GOLDEN=1 tools/check_rtl.py renews it"
    problems = [f"{name}: {what} {now}, the golden says {was} ({refresh})"
                for name, numbers in rows if name in golden
                for what, now, was in zip(("cells", "flops", "longest path"), numbers, golden[name])
                if abs(now - was) > TOLERANCE * was]
    if sorted(golden) != sorted(name for name, _ in rows):
        problems.append(f"{GOLDEN} has other variants ({refresh})")
    return problems


def main():
    args = sources.arguments(__doc__)
    missing = [tool for tool in ("verilator", "yosys") if not shutil.which(tool)]
    if missing:
        print(f"skipped: install {' and '.join(missing)} (packages of the same names)")
        sys.exit(sources.SKIPPED)
    problems = []
    rows = []
    print(f"{'module':64} {'cells':>7} {'flops':>6} {'path':>5}")
    with tempfile.TemporaryDirectory() as folder:
        for top, parameters in TOPS:
            name = " ".join([top] + [f"{k}={v}" for k, v in parameters.items()])
            used = rtl_files.needed(args.root, top)
            output = lint(args.root, top, parameters, used)
            if output:
                problems.append(f"{name}: verilator says\n{output}")
            found, counts = synthesise(args.root, top, parameters, used, folder)
            problems += [f"{name}: yosys says {line}" for line in found]
            if counts:
                rows.append((name, counts))
                print(f"{name:64} {counts[0]:7} {counts[1]:6} {counts[2]:5}", flush=True)
    for top, parameters in HARNESSES:
        output = lint(args.root, top, dict(parameters), rtl_files.needed(args.root, top))
        if output:
            problems.append(f"{top} {dict(parameters)}: verilator says\n{output}")
    problems += compare(args.root, rows)
    sources.report(problems, f"{len(TOPS)} hardware modules and {len(HARNESSES)} harnesses")


if __name__ == "__main__":
    main()
