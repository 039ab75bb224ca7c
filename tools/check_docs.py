#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The documentation does not rot: links resolve, named tests exist, generated tables are closed,
and every page can be reached from docs/index.md."""

import pathlib
import re
import subprocess

import sources

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#+\s+(.*?)\s*$", re.MULTILINE)
TEST_MACRO = re.compile(r"^\s*TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.MULTILINE)
TYPED_MACRO = re.compile(r"^\s*TYPED_TEST(?:_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.MULTILINE)
CTEST_ENTRY = re.compile(r"add_test\(\s*NAME\s+([\w.$]+)")
TESTS_HEADER = re.compile(r"^\|.*\|\s*tests?\s*\|\s*$", re.IGNORECASE)
TEST_NAME = re.compile(r"[A-Za-z_][\w/]*\.[A-Za-z_*][\w/*]*")
MARKER = re.compile(r"<!--\s*((?:config|stats):[\w.]+|end)\s*-->")


def prose(text):
    """The text with code blanked out, line numbers kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return INLINE_CODE.sub(blank, FENCE.sub(blank, text))


def line_at(text, offset):
    return text.count("\n", 0, offset) + 1


def slug(heading):
    """The anchor that a heading gets in rendered Markdown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(text):
    return {slug(h.replace("`", "")) for h in HEADING.findall(FENCE.sub("", text))}


def targets(root, page):
    """(line, file, anchor) of each relative link of a page; file is relative to the root."""
    text = prose(sources.read(root, page))
    folder = pathlib.PurePosixPath(page).parent
    for match in LINK.finditer(text):
        target = match.group(1)
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        parts = []
        for part in ((folder / path).parts if path else pathlib.PurePosixPath(page).parts):
            if part == ".." and parts:
                parts.pop()
            elif part != ".":
                parts.append(part)
        yield line_at(text, match.start()), "/".join(parts), anchor


def link_problems(root, pages):
    for page in pages:
        for line, target, anchor in targets(root, page):
            path = pathlib.Path(root) / target
            if not path.exists():
                yield f"{page}:{line}: link to {target}, which does not exist"
            elif anchor and target.endswith(".md") and anchor not in anchors(
                    sources.read(root, target)):
                yield f"{page}:{line}: link to #{anchor}, a heading that {target} does not have"


def reach_problems(root, pages):
    """Every page under docs is linked, directly or not, from docs/index.md."""
    seen, waiting = set(), ["docs/index.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page not in pages:
            continue
        seen.add(page)
        waiting += [target for _, target, _ in targets(root, page)]
    return [f"{page}:1: cannot be reached from docs/index.md" for page in pages
            if page.startswith("docs/") and page not in seen]


def known_tests(root, names, build):
    """Names of tests in the sources, and in a build's ctest listing where there is one."""
    tests = set()
    for name in names:
        if name.endswith(".cpp"):
            text = sources.read(root, name)
            for suite, test in TEST_MACRO.findall(text) + TYPED_MACRO.findall(text):
                tests.add(f"{suite}.{test}")
        elif name.endswith(("CMakeLists.txt", ".cmake")):
            tests.update(CTEST_ENTRY.findall(sources.read(root, name)))
    if build:
        listing = subprocess.run(["ctest", "-N", "--test-dir", build], capture_output=True,
                                 text=True, check=False).stdout
        tests.update(re.findall(r"Test\s+#\d+: (\S+)", listing))
    return tests


def plain(test):
    """Prefix/Suite.test/parameter -> Suite.test"""
    suite, _, rest = test.partition(".")
    return suite.split("/")[-1] + "." + rest.split("/")[0]


def exists(test, tests):
    if test.endswith("*"):
        return any(known.startswith(test[:-1]) for known in tests)
    return test in tests or plain(test) in tests


def tests_rows(text):
    """(line, last cell) of each row of each table whose last column is called test or tests."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if TESTS_HEADER.match(line):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not re.match(r"^[|\s:\-]+$", line):
            yield number, line.rstrip().rstrip("|").split("|")[-1].strip()


def table_problems(root, pages, tests):
    for page in pages:
        for line, cell in tests_rows(sources.read(root, page)):
            named = TEST_NAME.findall(cell)
            if not named:
                yield f"{page}:{line}: the row names no test"
            for test in named:
                if not exists(test, tests):
                    yield f"{page}:{line}: test {test} does not exist"


def marker_problems(root, pages):
    for page in pages:
        text = FENCE.sub(lambda m: "\n" * m.group(0).count("\n"), sources.read(root, page))
        text = INLINE_CODE.sub("", text)
        opened = None
        for match in MARKER.finditer(text):
            word, line = match.group(1), line_at(text, match.start())
            if (word == "end") == (opened is None):
                yield f"{page}:{line}: <!-- {word} --> does not match what stands before it"
            opened = None if word == "end" else word
        if opened:
            yield f"{page}: <!-- {opened} --> is never closed by <!-- end -->"


def main():
    args = sources.arguments(__doc__, ("--build", "a build folder whose ctest listing counts too"))
    names = sources.files(args.root)
    pages = [n for n in names if n.endswith(".md")]
    tests = known_tests(args.root, names, args.build)
    problems = [*link_problems(args.root, pages), *reach_problems(args.root, pages),
                *table_problems(args.root, pages, tests), *marker_problems(args.root, pages)]
    sources.report(problems, f"{len(pages)} pages")


if __name__ == "__main__":
    main()
