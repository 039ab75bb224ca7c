#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What of the hardware ran, per module, from files that `tlmmu cosim --coverage` wrote: lines, bits that
toggled, and cover properties. Counts of several files add up. Then each line and cover that no run
reached; --toggles names the bits too. Exit code 2 where a file is not one of Verilator's."""

import argparse
import collections
import pathlib
import re
import sys

KINDS = {"v_line": "lines", "v_branch": "lines", "v_user": "covers", "v_toggle": "toggles"}
COLUMNS = {"lines": 12, "toggles": 14, "covers": 10}
HEADER = "# SystemC::Coverage-3"


class NotCoverage(Exception):
    pass


def read_points(path):
    """Counts of a file of Verilator's by (kind, source file, line, what, column)."""
    lines = pathlib.Path(path).read_text(encoding="latin-1").splitlines()
    if lines[:1] != [HEADER]:
        raise NotCoverage(f"{path}:1: expected {HEADER!r}, the head of Verilator's coverage")
    points = collections.Counter()
    for number, line in enumerate(lines[1:], 2):
        found = re.match(r"C '(.*)' (\d+)$", line)
        if not found:
            raise NotCoverage(f"{path}:{number}: expected a count \"C '...' N\"")
        keys = dict(part.split("\2", 1) for part in found[1].split("\1") if part)
        kind = KINDS[keys["page"].split("/")[0]]
        points[kind, keys["f"], int(keys["l"]), keys.get("o", ""), keys.get("n", "")] += int(found[2])
    return points


class Module:
    """The points of one source file."""

    def __init__(self, file, points):
        self.name = pathlib.Path(file).stem
        self.file = file
        self.points = points

    def all(self, kind):
        return [key for key in self.points if key[0] == kind]

    def missed(self, kind):
        return sorted(key for key in self.all(kind) if self.points[key] == 0)

    def missed_lines(self):
        """(line number, its text) of each line and cover that was not reached."""
        text = pathlib.Path(self.file).read_text(encoding="utf-8").splitlines()
        numbers = sorted({key[2] for kind in ("lines", "covers") for key in self.missed(kind)})
        return [(number, text[number - 1].strip()) for number in numbers]

    def row(self):
        cells = f"{self.name:20}"
        for kind, width in COLUMNS.items():
            count = len(self.all(kind))
            cells += f" {f'{count - len(self.missed(kind))}/{count}' if count else '-':>{width}}"
        return cells


def modules_of(points):
    by_file = collections.defaultdict(dict)
    for key, count in points.items():
        by_file[key[1]][key] = count
    return [Module(file, by_file[file]) for file in sorted(by_file)]


def print_table(modules):
    print(f"{'module':20}" + "".join(f" {kind:>{width}}" for kind, width in COLUMNS.items()))
    for module in modules:
        print(module.row())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--toggles", action="store_true", help="name the bits that never toggled")
    args = parser.parse_args()
    points = collections.Counter()
    try:
        for name in args.files:
            points.update(read_points(name))
        modules = modules_of(points)
        print_table(modules)
        for module in modules:
            for line, text in module.missed_lines():
                print(f"{module.file}:{line}: not reached: {text}")
            if args.toggles:
                for _, _, line, bit, _ in module.missed("toggles"):
                    print(f"{module.file}:{line}: never toggled: {bit}")
    except (NotCoverage, OSError) as error:
        print(f"rtl_coverage.py: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
