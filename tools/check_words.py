#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No file speaks of tracker numbers or of work left to do: both rot where they stand."""

import re

import sources

ENDINGS = (".h", ".cpp", ".c", ".S", ".py", ".sh", ".cmake", ".txt", ".md", ".toml", ".sv", ".svh")
RULES = [
    (re.compile(r"\b(TO" r"DO|FIX" r"ME)\b"), "work left to do belongs into a plan, not into a file"),
    (re.compile(r"\bissue\s+#?\d+\b", re.IGNORECASE), "a tracker's number says nothing to a reader"),
]
# In SystemVerilog a number after # is a delay; elsewhere it is a tracker's number.
TRACKER = (re.compile(r"(?<![\w&/#(\"'`])#\d+\b(?!\s*\()"),
           "a tracker's number says nothing to a reader")


def main():
    args = sources.arguments(__doc__)
    names = [n for n in sources.files(args.root) if n.endswith(ENDINGS) or n in ("run", "test")]
    problems = []
    for name in names:
        rules = RULES if name.endswith((".sv", ".svh")) else RULES + [TRACKER]
        for number, line in enumerate(sources.read(args.root, name).splitlines(), 1):
            for pattern, why in rules:
                found = pattern.search(line)
                if found:
                    problems.append(f"{name}:{number}: '{found.group(0)}': {why}")
    sources.report(problems, f"words of {len(names)} files")


if __name__ == "__main__":
    main()
