#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fills the tables of configuration keys and statistics in the documentation from the program.

A table stands between `<!-- config:SECTION -->` or `<!-- stats:GROUP -->` and `<!-- end -->`.
Usage: update_docs.py [--check] TLMMU_COMMAND    (--check changes nothing, exits with 1 if a table is old)
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = re.compile(r"(<!-- (config|stats):(\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
OPTION = {"config": "--table", "stats": "--stats-table"}


def table(command, kind, name):
    result = subprocess.run(
        [command, "config", OPTION[kind], name], capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        sys.exit(f"{kind}:{name}: {result.stderr.strip()}")
    return result.stdout


def main():
    arguments = sys.argv[1:]
    check = "--check" in arguments
    arguments = [a for a in arguments if a != "--check"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    command = arguments[0]
    old = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        filled = TABLE.sub(
            lambda m: m.group(1) + "\n" + table(command, m.group(2), m.group(3)) + "\n" + m.group(5),
            text,
        )
        if filled == text:
            continue
        old.append(page.relative_to(ROOT))
        if not check:
            page.write_text(filled, encoding="utf-8")
    for page in old:
        print(f"{page}: {'is out of date; run tools/update_docs.py' if check else 'updated'}")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
