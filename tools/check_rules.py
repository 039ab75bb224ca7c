#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables of rules in docs/ptw.md are complete: each conformance test stands in one of the page's
tables, and the tags of the architecture's rules (VATP.n, H.n) in the sources are those of the tables'
rows."""

import re

import check_docs
import sources

PAGE = "docs/ptw.md"
TESTS = "testbenches/conformance/"
RULES_HEADER = re.compile(r"^\|\s*rule\s*\|\s*tests?\s*\|\s*$", re.IGNORECASE)
TAG = re.compile(r"\b(?:VATP|H)\.\d+\b")


def order(tag):
    letters, _, number = tag.partition(".")
    return letters, int(number)


def rules(text):
    """The first cell of each row of each table of rules."""
    inside = False
    for line in text.splitlines():
        if RULES_HEADER.match(line):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not re.match(r"^[|\s:\-]+$", line):
            yield line.split("|")[1]


def tagged_rules(text):
    return {tag for rule in rules(text) for tag in TAG.findall(rule)}


def tags_in_sources(root, names):
    """Where each tag occurs first."""
    found = {}
    for name in names:
        if not name.startswith("models/") or not name.endswith((".h", ".cpp")):
            continue
        text = sources.read(root, name)
        for match in TAG.finditer(text):
            found.setdefault(match.group(0),
                             f"{name}:{check_docs.line_at(text, match.start())}")
    return found


def conformance_tests(root, names):
    """(file, Suite.test) of each."""
    for name in names:
        if name.startswith(TESTS) and name.endswith(".cpp"):
            text = sources.read(root, name)
            for macro in (check_docs.TEST_MACRO, check_docs.TYPED_MACRO):
                for suite, test in macro.findall(text):
                    yield name, f"{suite}.{test}"


def main():
    args = sources.arguments(__doc__)
    names = sources.files(args.root)
    text = sources.read(args.root, PAGE) if PAGE in names else ""
    named = {check_docs.plain(test) for _, cell in check_docs.tests_rows(text)
             for test in check_docs.TEST_NAME.findall(cell)}
    tests = list(conformance_tests(args.root, names))
    problems = [f"{file}: {test} stands in no table of {PAGE}" for file, test in tests
                if test not in named]
    in_table, in_sources = tagged_rules(text), tags_in_sources(args.root, names)
    problems += [f"{in_sources[tag]}: {tag} has no row in {PAGE}"
                 for tag in sorted(in_sources.keys() - in_table, key=order)]
    problems += [f"{PAGE}: {tag} is in no source file"
                 for tag in sorted(in_table - in_sources.keys(), key=order)]
    sources.report(problems, f"{len(in_table)} rules, {len(tests)} tests")


if __name__ == "__main__":
    main()
