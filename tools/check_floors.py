#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds every #include of the C++ sources against the floors of docs/architecture.md.

A unit's folder has two floors. A file is *shell* if it includes SystemC or models/tlm, directly or
through another file of its unit; every other file is *core*. A source that CMake builds into a
`tlmmu_core` must therefore reach neither.
"""

import re

import sources

# Each folder's floor: what it may include besides itself.
#   std        the standard library (headers without folder and extension)
#   intrusive  Boost.Intrusive
#   external   any other library or system header, but SystemC
#   systemc    SystemC and TLM
# Other words are folders of the project, or a name of one of the groups below.
LANGUAGE = ["std"]
LIBRARIES = ["std", "intrusive", "external"]
FLOOR_1 = ["models/arch", "models/config", "models/stats", "models/events", "models/replacement"]
UNITS = ["tlb", "ptw", "cache", "dram", "memory_controller", "swap_disk", "bus", "cpu", "kernel",
         "workload", "analysis"]
CORE = ["models/base"] + FLOOR_1 + LIBRARIES
SHELL_EXTRA = ["models/tlm", "systemc"]
UNIT_EXTRA = {  # the few units that stand on another one's core
    "memory_controller": ["models/dram"],
    "cpu": ["models/workload", "firmware/kernel"],
    "analysis": ["models/workload"],
    "workload": ["firmware/kernel"],  # its system calls
    "kernel": ["firmware/kernel", "models/workload"],
}
HOUSE = CORE + SHELL_EXTRA + ["firmware/kernel"] + [f"models/{unit}" for unit in UNITS]

FLOORS = {
    "models/base": LANGUAGE,
    "models/arch": LANGUAGE + ["models/base"],
    "models/config": LIBRARIES + ["models/base"],
    "models/stats": LIBRARIES + ["models/base", "models/config"],
    "models/events": LIBRARIES + ["models/base", "models/config"],
    "models/replacement": LIBRARIES + ["models/base"],
    "firmware/kernel": ["std", "intrusive", "models/base", "models/arch"],
    "firmware/mmu_probe": ["std"],
    # system calls ride on traps
    "models/tlm": ["std", "systemc", "models/base", "models/workload", "firmware/kernel"] + FLOOR_1,
    "models/cosim": HOUSE + ["verilated"],
    "models/mmu": HOUSE + ["models/cosim"],
    "models/reference": HOUSE + ["models/mmu"],
    "models/platform": HOUSE + ["models/mmu"],
    "models/app": HOUSE + ["models/mmu", "models/platform", "models/reference", "models/cosim"],
    "testbenches": HOUSE + ["models/mmu", "models/platform", "models/reference", "models/cosim",
                            "models/app", "firmware/mmu_probe", "verilated"],
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:<([^>]+)>|"([^"]+)")', re.MULTILINE)
SYSTEMC = re.compile(r"^(systemc|tlm|sysc/.*|systemc\.h|tlm\.h|tlm_utils/.*|tlm_core/.*)$")
OUR_TREES = ("models/", "firmware/", "testbenches/")
CORE_TARGET = re.compile(r"tlmmu_core\(\s*(\w+)([^)]*)\)")


class Tree:
    """The project's C++ files, what each includes, and which files are shells."""

    def __init__(self, root):
        self.root = root
        names = sources.files(root)
        self.cpp = [n for n in names if n.startswith(OUR_TREES) and n.endswith((".h", ".cpp"))]
        self.cmake = [n for n in names if n.endswith("CMakeLists.txt")]
        self.includes = {n: self._includes_of(n) for n in self.cpp}
        self.shells = {n for n in self.cpp if self._reaches_systemc(n)}

    def _includes_of(self, name):
        """(line, included path, quoted) of each include of a file."""
        text = sources.read(self.root, name)
        return [(text.count("\n", 0, m.start()) + 1, m.group(1) or m.group(2), bool(m.group(2)))
                for m in INCLUDE.finditer(text)]

    def _reaches_systemc(self, start):
        """Whether a file includes SystemC or models/tlm, also through files of its own folder."""
        waiting, seen = [start], set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            for _, target, _ in self.includes.get(name, []):
                if SYSTEMC.match(target) or target.startswith("models/tlm/"):
                    return True
                if folder_of(target) == folder_of(start):
                    waiting.append(target)
        return False


def folder_of(path):
    """models/tlb/tlb.h -> models/tlb; everything under testbenches is one floor."""
    parts = path.split("/")
    return "testbenches" if parts[0] == "testbenches" else "/".join(parts[:2])


def kind_of(target, quoted):
    """The word of the table for an included path, or None if it has none."""
    if target.startswith(OUR_TREES):
        return folder_of(target)
    if SYSTEMC.match(target):
        return "systemc"
    if quoted and "/" not in target:
        return "verilated" if target.startswith("V") else None
    if target.startswith("boost/intrusive/"):
        return "intrusive"
    return "std" if "/" not in target and "." not in target else "external"


def allowed_for(name, shells):
    """The words a file may include besides its own folder, or None for a folder without a floor."""
    folder = folder_of(name)
    unit = folder[len("models/"):]
    if folder.startswith("models/") and unit in UNITS:
        extra = SHELL_EXTRA if name in shells else []
        return CORE + UNIT_EXTRA.get(unit, []) + extra
    return FLOORS.get(folder)


def include_problems(tree):
    for name in tree.cpp:
        allowed = allowed_for(name, tree.shells)
        if allowed is None:
            yield f"{name}:1: {folder_of(name)} has no floor in tools/check_floors.py"
            continue
        for line, target, quoted in tree.includes[name]:
            kind = kind_of(target, quoted)
            where = f"{name}:{line}: includes {target}: "
            if kind is None:
                yield where + "write the path from the project's root"
            elif kind == folder_of(name):
                continue
            elif kind not in allowed:
                yield where + f"{kind} is not on a floor below {folder_of(name)}"
            elif target in tree.shells and {folder_of(name), kind} <= unit_folders():
                yield where + "shells meet only at sockets, no unit includes another's shell"


def unit_folders():
    return {f"models/{unit}" for unit in UNITS}


def core_target_problems(tree):
    """A source of a tlmmu_core must not be a shell."""
    for cmake in tree.cmake:
        folder = cmake[:-len("CMakeLists.txt")]
        for target, body in CORE_TARGET.findall(sources.read(tree.root, cmake)):
            for word in body.split():
                if folder + word in tree.shells:
                    yield f"{cmake}:1: {word} of core {target} reaches SystemC or models/tlm"


def main():
    args = sources.arguments(__doc__)
    tree = Tree(args.root)
    problems = list(include_problems(tree)) + list(core_target_problems(tree))
    sources.report(problems, f"floors of {len(tree.cpp)} files")


if __name__ == "__main__":
    main()
