#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every parameter and port of a hardware module says what it means, beside it or in the line above. The
harnesses of the proofs, whose ports are what a solver chooses, are left out."""

import re

import sources

MODULES = re.compile(r"rtl/(?!formal/).*\.sv$")
DECLARATION = re.compile(r"\s*(input|output|inout|parameter)\b")


def undocumented(text):
    """(number, line) of each that has no `///`."""
    above = ""
    for number, line in enumerate(text.splitlines(), 1):
        if DECLARATION.match(line) and "///" not in above + line:
            yield number, line.strip()
        above = line if line.strip().startswith("///") else ""


def main():
    args = sources.arguments(__doc__)
    modules = [name for name in sources.files(args.root) if MODULES.match(name)]
    problems = [f"{name}:{number}: not documented: {line}" for name in modules
                for number, line in undocumented(sources.read(args.root, name))]
    sources.report(problems, f"ports of {len(modules)} files")


if __name__ == "__main__":
    main()
