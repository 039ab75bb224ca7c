#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves the hardware with Yosys, its ABC, and z3; and proves that the proofs can fail."""

import argparse
import dataclasses
import pathlib
import re
import resource
import shutil
import sys
import tempfile

import formal_proofs
import sources
from formal_solvers import solve


def cpu_seconds():
    """Of all tools so far: what a busy machine does not change."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def check(root, proof, waves):
    begin = cpu_seconds()
    result = solve(root, proof, waves / f"{proof.name}.vcd")
    verdict = "proven" if result.proven else "FAILED"
    print(f"{verdict}  {proof.name:24} {result.says} ({cpu_seconds() - begin:.0f} s of CPU)", flush=True)
    if result.wave:
        print(f"waves: gtkwave {result.wave}", flush=True)
    return result.proven


def check_mutant(root, mutant):
    """Whether a proof refutes a design with the mutant, and draws what it should."""
    what, file, text, replacement, proof = mutant
    shown = formal_proofs.SHOWN.get(what)
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        shutil.copytree(root / "rtl", copy / "rtl")
        path = copy / file
        original = path.read_text(encoding="utf-8")
        if original.count(text) == 0:
            print(f"FAILED  {what}: '{text}' is not in {file}")
            return False
        path.write_text(original.replace(text, replacement, 1), encoding="utf-8")
        result = solve(copy, proven_by(proof, shown), copy / "mutant.vcd" if shown else None)
        missing = undrawn(result.wave, shown) if shown else []
    refuted = not result.proven and "fails" in result.says
    print(f"{'refuted' if refuted else 'FAILED'} {what:46} {proof}: {result.says}", flush=True)
    if missing:
        print(f"FAILED  {what}: the wave lacks {', '.join(missing)}", flush=True)
    return refuted and not missing


def proven_by(name, shown):
    """The proof of that name. What is to be drawn of one for ever is for PDR to find, not for what
    comes before it."""
    proof = formal_proofs.by_name(name)
    return dataclasses.replace(proof, depth=1) if shown and proof.engine == "for ever" else proof


def undrawn(wave, signals):
    """Which of the signals (module.signal) a wave lacks, or does not give a value."""
    if not wave:
        return signals
    text = wave.read_text(encoding="utf-8")
    drawn, scopes = set(), []
    for line in re.findall(r"^\$(scope module|upscope|var wire)(.*)\$end", text, re.M):
        what, words = line[0], line[1].split()
        if what == "scope module":
            scopes.append(words[0])
        elif what == "upscope":
            scopes.pop()
        elif re.search(rf"^b[01]+ {words[1]}$", text, re.M):
            drawn.add(".".join(scopes + [words[2]]))
    return [signal for signal in signals if signal not in drawn]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = pathlib.Path(__file__).resolve().parent.parent
    parser.add_argument("--root", type=pathlib.Path, default=here, help="the project's folder")
    parser.add_argument("--only", help="proofs whose name begins so")
    parser.add_argument("--long", action="store_true", help="the long proofs instead")
    parser.add_argument("--mutants", action="store_true", help="that proofs refute mutants")
    parser.add_argument("--waves", type=pathlib.Path, default=pathlib.Path("build/formal"),
                        metavar="FOLDER", help="draws what refutes a proof there; default build/formal")
    args = parser.parse_args()
    missing = [tool for tool in ("yosys", "yosys-abc", "yosys-smtbmc", "z3") if not shutil.which(tool)]
    if missing:
        print(f"skipped: {', '.join(missing)} not found; install the packages yosys and z3")
        sys.exit(sources.SKIPPED)
    if args.mutants:
        good = [check_mutant(args.root, m) for m in formal_proofs.MUTANTS
                if m[0].startswith(args.only or "")]
    else:
        good = [check(args.root, p, args.waves) for p in formal_proofs.PROOFS
                if p.long == args.long and p.name.startswith(args.only or "")]
    if not good:
        sys.exit(f"no proof is named {args.only}")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
