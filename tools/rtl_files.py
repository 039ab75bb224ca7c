# SPDX-License-Identifier: Apache-2.0
"""Which of the hardware's files a module needs, and values of its parameters: shared by
check_rtl.py and check_formal.py."""

import pathlib
import re

import sources

SV32, SV39, SV48, SV57 = "4'd1", "4'd8", "4'd9", "4'd10"
ON, OFF = "1'b1", "1'b0"
PACKAGE = "rtl/common/mmu_pkg.sv"


def needed(root, top, stand_ins=None):
    """The files of `top` and all that it instantiates, the package first. `stand_ins` names modules
    that others stand in for."""
    files = {pathlib.PurePath(n).stem: n for n in sources.files(root)
             if n.startswith("rtl/") and n.endswith(".sv") and n != PACKAGE}
    seen, todo = set(), [top]
    while todo:
        module = todo.pop()
        module = (stand_ins or {}).get(module, module)
        if module in seen or module not in files:
            continue
        seen.add(module)
        text = sources.read(root, files[module])
        todo += [m for m in files if re.search(rf"^\s*{m}\s*(#\(|\w+ \()", text, re.M)]
    names = sorted(files[module] for module in seen)
    uses_package = any("mmu_pkg::" in sources.read(root, n) for n in names)
    return ([PACKAGE] if uses_package else []) + names
