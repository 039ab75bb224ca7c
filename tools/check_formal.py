#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves the hardware with Yosys, its ABC, and z3; and proves that the proofs can fail."""

import argparse
import dataclasses
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

import formal_proofs
import rtl_files
import sources


@dataclasses.dataclass
class Result:
    """What a solver has found."""
    proven: bool
    says: str


def run(command, folder, seconds):
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds,
                              check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout + done.stderr


def yosys(root, proof, passes):
    """Compiles a proof's modules; Yosys's complaint where there is one."""
    files = rtl_files.needed(root, proof.top)
    sets = "".join(f"chparam -set {k} {v} {proof.top}; " for k, v in proof.parameters.items())
    script = (f"read_verilog -sv -formal {' '.join(files)}; {sets}"
              f"prep -flatten -top {proof.top} -nordff; {passes}")
    done = subprocess.run(["yosys", "-q", "-p", script], cwd=root, capture_output=True, text=True,
                          timeout=proof.seconds, check=False)
    return (done.stdout + done.stderr)[-800:] if done.returncode else None


def compile_aiger(root, proof, work):
    """An AIGER file; the goals' places in the sources, in the order of its outputs."""
    goals = "chformal -cover -remove; "
    if proof.engine == "cover":
        goals = "chformal -assert -remove; techmap -map rtl/formal/cover_as_assert.v; "
    problem = yosys(root, proof, goals + "memory_map; opt -full; async2sync; dffunmap; "
                    "techmap; opt -fast; dfflegalize -cell $_DFF_P_ 01; "
                    "abc -g AND -fast; opt_clean; setundef -anyseq; "
                    f"tee -q -o {work}/goals select -list t:$assert; "
                    f"write_aiger -zinit {work}/proof.aig")
    if problem:
        sys.exit(f"{proof.name}: yosys says {problem}")
    text = (work / "goals").read_text(encoding="utf-8")
    return re.findall(r"\$(?:assert|cover)\$(\S+:\d+)", text)


def with_abc(root, proof, work):
    goals = compile_aiger(root, proof, work)
    read = f"read_aiger {work}/proof.aig; fold"
    bounded = f"bmc3 -F {proof.depth}"
    commands = {"bmc": f"{read}; {bounded}", "for ever": f"{read}; {bounded}; pdr -T {proof.seconds}",
                # One goal after the other.
                "cover": "; ".join(f"{read}; cone -s -O {n}; {bounded}" for n in range(len(goals)))}
    says = run(["yosys-abc", "-c", commands[proof.engine]], work, 2 * proof.seconds)
    if says is None:
        return Result(False, f"no answer within {2 * proof.seconds} s")
    if proof.engine == "cover":
        return covered(says, goals)
    refuted = re.search(r"Output (\d+) of miter .* was asserted in frame (\d+)", says)
    if refuted:
        place = goals[int(refuted[1])] if int(refuted[1]) < len(goals) else "?"
        return Result(False, f"{place} fails in cycle {refuted[2]}")
    if proof.engine == "for ever":
        ever = re.search(r"Invariant F\[\d+\] : (\d+) clauses", says)
        if ever and "Property proved" in says:
            return Result(True, f"for ever, by an invariant of {ever[1]} clauses")
        return Result(False, "undecided: " + says.strip()[-200:])
    frames = re.search(r"No output asserted in (\d+) frames", says)
    if frames and int(frames[1]) >= proof.depth:
        return Result(True, f"{len(goals)} assertions hold for {frames[1]} cycles")
    return Result(False, "undecided: " + says.strip()[-200:])


def covered(says, goals):
    """Which goals a cover run has reached: one word of the solver for each."""
    words = re.findall(r"(was asserted in frame \d+|No output asserted)", says)
    missed = [goal for goal, word in zip(goals, words) if word.startswith("No")]
    if len(words) != len(goals):
        return Result(False, f"undecided: {len(words)} of {len(goals)} goals")
    latest = max((int(w.split()[-1]) for w in words if not w.startswith("No")), default=0)
    if missed:
        return Result(False, "fails to reach " + ", ".join(missed))
    return Result(True, f"{len(goals)} states and transitions reached within {latest} cycles")


def with_z3(root, proof, work):
    problem = yosys(root, proof, r"chformal -assert -remove c:$flatten*; memory_map; "
                    "opt -full; async2sync; dffunmap; "
                    f"write_smt2 -wires {work}/proof.smt2")
    if problem:
        sys.exit(f"{proof.name}: yosys says {problem}")
    solver = ["yosys-smtbmc", "-s", "z3", "--unroll", "--noprogress", "-t", str(proof.depth)]
    for step in ([], ["-i"]):
        says = run(solver + step + ["proof.smt2"], work, proof.seconds)
        if says is None:
            return Result(False, f"z3 has no answer within {proof.seconds} s")
        if "Status: PASSED" not in says:
            place = re.search(r"Assert failed in \S+ (\S+)", says)
            return Result(False, f"{place[1] if place else says[-300:]} fails")
    return Result(True, f"for ever, by {proof.depth}-induction")


def solve(root, proof):
    with tempfile.TemporaryDirectory() as folder:
        solver = with_z3 if proof.engine == "induction" else with_abc
        return solver(root, proof, pathlib.Path(folder))


def cpu_seconds():
    """Of all tools so far: what a busy machine does not change."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def check(root, proof):
    begin = cpu_seconds()
    result = solve(root, proof)
    verdict = "proven" if result.proven else "FAILED"
    print(f"{verdict}  {proof.name:24} {result.says} ({cpu_seconds() - begin:.0f} s of CPU)", flush=True)
    return result.proven


def check_mutant(root, mutant):
    """Whether a proof refutes a design with the mutant."""
    what, file, text, replacement, proof = mutant
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(root / "rtl", pathlib.Path(folder) / "rtl")
        path = pathlib.Path(folder) / file
        original = path.read_text(encoding="utf-8")
        if original.count(text) == 0:
            print(f"FAILED  {what}: '{text}' is not in {file}")
            return False
        path.write_text(original.replace(text, replacement, 1), encoding="utf-8")
        result = solve(pathlib.Path(folder), formal_proofs.by_name(proof))
    refuted = not result.proven and "fails" in result.says
    print(f"{'refuted' if refuted else 'FAILED'} {what:46} {proof}: {result.says}", flush=True)
    return refuted


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = pathlib.Path(__file__).resolve().parent.parent
    parser.add_argument("--root", type=pathlib.Path, default=here, help="the project's folder")
    parser.add_argument("--only", help="proofs whose name begins so")
    parser.add_argument("--long", action="store_true", help="the long proofs instead")
    parser.add_argument("--mutants", action="store_true", help="that proofs refute mutants")
    args = parser.parse_args()
    missing = [tool for tool in ("yosys", "yosys-abc", "yosys-smtbmc", "z3") if not shutil.which(tool)]
    if missing:
        print(f"skipped: {', '.join(missing)} not found; install the packages yosys and z3")
        sys.exit(sources.SKIPPED)
    if args.mutants:
        good = [check_mutant(args.root, m) for m in formal_proofs.MUTANTS]
    else:
        good = [check(args.root, p) for p in formal_proofs.PROOFS
                if p.long == args.long and p.name.startswith(args.only or "")]
    if not good:
        sys.exit(f"no proof is named {args.only}")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
