# SPDX-License-Identifier: Apache-2.0
"""The project's own files, and how a lint reports: shared by the check_*.py scripts."""

import argparse
import pathlib
import subprocess
import sys

SKIPPED = 77  # ctest's SKIP_RETURN_CODE


def files(root):
    """Paths relative to `root` of all files that belong to the project, in order.

    In a checkout: what git tracks or would track. Elsewhere (an unpacked archive): everything
    outside build/ and out/.
    """
    listing = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False)
    if listing.returncode == 0:
        names = listing.stdout.decode().split("\0")
    else:
        names = [str(p.relative_to(root)) for p in pathlib.Path(root).rglob("*") if p.is_file()]
        names = [n for n in names if not n.startswith(("build/", "out/", ".git/"))]
    return sorted(n for n in names if n and (pathlib.Path(root) / n).is_file())


def read(root, name):
    return (pathlib.Path(root) / name).read_text(encoding="utf-8", errors="replace")


def arguments(description, *extra):
    """The command line every lint has: --root, and (name, help) pairs of its own."""
    parser = argparse.ArgumentParser(description=description)
    here = pathlib.Path(__file__).resolve().parent.parent
    parser.add_argument("--root", type=pathlib.Path, default=here, help="the project's folder")
    for name, help_text in extra:
        parser.add_argument(name, help=help_text)
    return parser.parse_args()


def report(problems, what):
    """Prints one line per problem and leaves: 0 without problems, 1 with."""
    for problem in problems:
        print(problem)
    print(f"{what}: {len(problems)} problem(s)" if problems else f"{what}: clean")
    sys.exit(1 if problems else 0)
