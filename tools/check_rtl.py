#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every hardware module passes Verilator's lint without a warning and is synthesised by Yosys."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import sources

PACKAGE = "rtl/common/mmu_pkg.sv"
SV32, SV39, SV48 = "4'd1", "4'd8", "4'd9"
ON, OFF = "1'b1", "1'b0"
# Top module, and the parameters of each of its variants.
TOPS = [
    ("ptw", {"Mode": SV32, "Svadu": ON, "WalkCacheEntries": 0}),
    ("ptw", {"Mode": SV39, "Svadu": OFF, "WalkCacheEntries": 0}),
    ("ptw", {"Mode": SV39, "Svadu": ON, "WalkCacheEntries": 4}),
    ("ptw", {"Mode": SV48, "Svadu": ON, "WalkCacheEntries": 0}),
    ("ptw_pool", {"Mode": SV39, "Svadu": ON, "WalkCacheEntries": 0, "Walkers": 2, "Requesters": 4}),
    ("tlb", {"Mode": SV32, "Entries": 8}),
    ("tlb", {"Mode": SV39, "Entries": 8}),
    ("mmu_top", {"Mode": SV48, "Entries": 4, "WalkCacheEntries": 2}),
    ("pool_walker", {"Mode": SV39, "Svadu": ON, "WalkCacheEntries": 0}),
    ("ptw_walker", {"Mode": SV39, "Svadu": ON, "WalkCacheEntries": 0}),
    ("small_walker", {}),
]
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
    """Problems of a synthesis, and its numbers of cells and flip-flops."""
    report = pathlib.Path(folder) / "stat.json"
    sets = "".join(f"chparam -set {name} {value} {top}; " for name, value in parameters.items())
    script = (f"read_verilog -sv {' '.join(files)}; {sets}synth -flatten -top {top}; "
              f"tee -q -o {report} stat -json")
    code, output = run(["yosys", "-q", "-p", script], root)
    problems = [line for line in output.splitlines()
                if re.search(r"warning|error|latch", line, re.I) and not EXPECTED.search(line)]
    if code:
        return problems or [output], None
    text = report.read_text(encoding="utf-8")
    design = json.loads(text[text.index("{"):])["design"]
    kinds = design["num_cells_by_type"]
    if design["num_memories"] or any("LATCH" in kind for kind in kinds):
        problems.append("a memory or a latch is inferred")
    flops = sum(count for kind, count in kinds.items() if "DFF" in kind)
    return problems, (design["num_cells"] - flops, flops)


def main():
    args = sources.arguments(__doc__)
    missing = [tool for tool in ("verilator", "yosys") if not shutil.which(tool)]
    if missing:
        print(f"skipped: install {' and '.join(missing)} (packages of the same names)")
        sys.exit(sources.SKIPPED)
    modules = [n for n in sources.files(args.root)
               if n.startswith("rtl/") and n.endswith(".sv") and n != PACKAGE]
    files = [PACKAGE] + modules
    problems = []
    print(f"{'module':48} {'cells':>7} {'flops':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for top, parameters in TOPS:
            name = top + " " + " ".join(f"{k}={v}" for k, v in parameters.items())
            used = [f for f in files if f != PACKAGE and needed(args.root, f, top)]
            if any("mmu_pkg::" in sources.read(args.root, f) for f in used):
                used.insert(0, PACKAGE)
            output = lint(args.root, top, parameters, used)
            if output:
                problems.append(f"{name}: verilator says\n{output}")
            found, counts = synthesise(args.root, top, parameters, used, folder)
            problems += [f"{name}: yosys says {line}" for line in found]
            if counts:
                print(f"{name:48} {counts[0]:7} {counts[1]:6}")
    sources.report(problems, f"{len(TOPS)} hardware modules")


def needed(root, name, top):
    """Whether `top` instantiates, in some depth, the module of the file `name`."""
    seen, todo = set(), [top]
    folder = {pathlib.PurePath(n).stem: n for n in sources.files(root) if n.endswith(".sv")}
    while todo:
        module = todo.pop()
        if module in seen or module not in folder:
            continue
        seen.add(module)
        text = sources.read(root, folder[module])
        todo += [m for m in folder if re.search(rf"^\s*{m}\s*(#\(|\w+ \()", text, re.M)]
    return pathlib.PurePath(name).stem in seen


if __name__ == "__main__":
    main()
