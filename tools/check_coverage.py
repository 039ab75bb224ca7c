#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much of the hardware the random runs use, per module, as Verilator counts it: every line, every
state and transition, and most bits in both directions. What is left out has its reason in LEFT_OUT."""

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

WALKS = 20_000
# The least part of a module's bits that toggle. The rest are constants of a paging mode; and the
# tables of the MMU's bench are small, so that the high bits of its addresses stay what they are.
TOGGLES = 0.9
TOGGLES_OF = {"mmu_top": 0.55, "tlb": 0.65, "tlb_entries": 0.55}
KINDS = {"v_line": "lines", "v_branch": "lines", "v_user": "states", "v_toggle": "toggles"}
# Places that no run reaches, and why.
AT_ONCE = "mmu_top takes answers at once; formal.states and formal.tlb reach it"
LEFT_OUT = {
    ("tlb", "cover (state_q == Respond && state_d == Respond);"): AT_ONCE,
    ("tlb", "default: if (rsp_ready_i) state_d = Idle;"): AT_ONCE,
    ("tlb", "if ($past(rsp_valid_o && !rsp_ready_i)) assert (rsp_valid_o && $stable(rsp_o));"): AT_ONCE,
}


def read_points(path):
    """Counts of a file of Verilator's by (kind, file, line, what)."""
    points = collections.Counter()
    for line in path.read_text(encoding="latin-1").splitlines():
        found = re.match(r"C '(.*)' (\d+)$", line)
        if not found:
            continue
        keys = dict(part.split("\2", 1) for part in found[1].split("\1") if part)
        kind = KINDS[keys["page"].split("/")[0]]
        points[kind, keys["f"], int(keys["l"]), keys["n"] + keys["o"]] += int(found[2])
    return points


def measure(args):
    points = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([args.program, str(WALKS), name], check=True)
        for path in sorted(folder.glob("*.dat")):
            points.update(read_points(path))
    return points


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="rtl_coverage, of the tests' build")
    args = parser.parse_args()
    points = measure(args)
    modules = sorted({file for _, file, _, _ in points})
    problems = []
    print(f"{'module':20} {'lines':>12} {'toggles':>14} {'states':>10}")
    for module in modules:
        text = pathlib.Path(module).read_text(encoding="utf-8").splitlines()
        name = pathlib.Path(module).stem
        row = {}
        for kind in ("lines", "toggles", "states"):
            counts = {key: n for key, n in points.items() if key[0] == kind and key[1] == module}
            missed = sorted(key for key, n in counts.items() if n == 0)
            row[kind] = f"{len(counts) - len(missed)}/{len(counts)}" if counts else "-"
            if kind == "toggles":
                least = TOGGLES_OF.get(name, TOGGLES)
                if counts and len(missed) > (1 - least) * len(counts):
                    problems.append(f"{name}: toggles {row[kind]}: less than {least:.0%}")
                continue
            problems += [f"{name}:{line} not reached: {text[line - 1].strip()}"
                         for _, _, line, _ in missed
                         if (name, text[line - 1].strip()) not in LEFT_OUT]
        print(f"{name:20} {row['lines']:>12} {row['toggles']:>14} {row['states']:>10}")
    for (name, line), reason in LEFT_OUT.items():
        print(f"left out: {name}: {line} ({reason})")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
