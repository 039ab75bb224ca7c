#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every source, script and CMake file names its licence in one of its first lines."""

import sources

LINE = "SPDX-License-Identifier: Apache-2.0"
ENDINGS = (".h", ".cpp", ".c", ".S", ".ld", ".sv", ".svh", ".py", ".sh", ".cmake", "CMakeLists.txt")
SCRIPTS = ("run", "test", ".ci/run")
FIRST_LINES = 3  # a script's first line is its interpreter


def main():
    args = sources.arguments(__doc__)
    names = [n for n in sources.files(args.root) if n.endswith(ENDINGS) or n in SCRIPTS]
    problems = []
    for name in names:
        head = sources.read(args.root, name).splitlines()[:FIRST_LINES]
        if not any(LINE in line for line in head):
            problems.append(f"{name}:1: lacks '{LINE}'")
    sources.report(problems, f"licence lines of {len(names)} files")


if __name__ == "__main__":
    main()
