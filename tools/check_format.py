#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every C and C++ file of the project is as clang-format would write it."""

import shutil
import subprocess
import sys

import sources


def main():
    args = sources.arguments(__doc__)
    if shutil.which("clang-format") is None:
        print("skipped: clang-format is not installed (Debian package clang-format)")
        sys.exit(sources.SKIPPED)
    names = [n for n in sources.files(args.root) if n.endswith((".h", ".cpp", ".c"))]
    problems = []
    if names:
        run = subprocess.run(["clang-format", "--dry-run", "-Werror"] + names, cwd=args.root,
                             capture_output=True, text=True, check=False)
        problems = [line for line in run.stderr.splitlines() if ": error:" in line]
    sources.report(problems, f"format of {len(names)} files")


if __name__ == "__main__":
    main()
