#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether the random runs use the hardware, per module, as Verilator counts it: every line, every cover
(states and transitions), and most bits."""

import argparse
import collections
import pathlib
import subprocess
import sys
import tempfile

import rtl_coverage

WALKS = 20_000
# The least part of a module's bits that toggle. The rest are constants of a paging mode.
TOGGLES = 0.95


def measure(args):
    points = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([args.program, str(WALKS), name], check=True)
        for path in sorted(folder.glob("*.dat")):
            points.update(rtl_coverage.read_points(path))
    return points


def problems_of(module):
    if len(module.missed("toggles")) > (1 - TOGGLES) * len(module.all("toggles")):
        yield f"{module.name}: fewer than {TOGGLES:.0%} of its bits toggle"
    for number, line in module.missed_lines():
        yield f"{module.name}:{number} not reached: {line}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="rtl_coverage, of the tests' build")
    args = parser.parse_args()
    modules = rtl_coverage.modules_of(measure(args))
    rtl_coverage.print_table(modules)
    problems = [problem for module in modules for problem in problems_of(module)]
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
