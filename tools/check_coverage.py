#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether the random runs use the hardware, per module, as Verilator counts it: every line, every cover
(states and transitions), and most bits. What is left out has its reason in LEFT_OUT."""

import argparse
import collections
import pathlib
import subprocess
import sys
import tempfile

import rtl_coverage

WALKS = 20_000
# The least part of a module's bits that toggle. The rest are constants of a paging mode; and the
# tables of the MMU's bench are small, so that the high bits of its addresses stay what they are.
TOGGLES = 0.9
TOGGLES_OF = {"mmu_top": 0.55, "tlb": 0.65, "tlb_entries": 0.55}
# Places that no run reaches, and why.
AT_ONCE = "mmu_top takes answers at once; formal.states and formal.tlb reach it"
LEFT_OUT = {
    ("tlb", "cover (state_q == Respond && state_d == Respond);"): AT_ONCE,
    ("tlb", "default: if (rsp_ready_i) state_d = Idle;"): AT_ONCE,
    ("tlb", "if ($past(rsp_valid_o && !rsp_ready_i)) assert (rsp_valid_o && $stable(rsp_o));"): AT_ONCE,
}


def measure(args):
    points = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([args.program, str(WALKS), name], check=True)
        for path in sorted(folder.glob("*.dat")):
            points.update(rtl_coverage.read_points(path))
    return points


def problems_of(module):
    least = TOGGLES_OF.get(module.name, TOGGLES)
    if len(module.missed("toggles")) > (1 - least) * len(module.all("toggles")):
        yield f"{module.name}: fewer than {least:.0%} of its bits toggle"
    for number, line in module.missed_lines():
        if (module.name, line) not in LEFT_OUT:
            yield f"{module.name}:{number} not reached: {line}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="rtl_coverage, of the tests' build")
    args = parser.parse_args()
    modules = rtl_coverage.modules_of(measure(args))
    rtl_coverage.print_table(modules)
    problems = [problem for module in modules for problem in problems_of(module)]
    for (name, line), reason in LEFT_OUT.items():
        print(f"left out: {name}: {line} ({reason})")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
