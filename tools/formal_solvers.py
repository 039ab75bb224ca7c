# SPDX-License-Identifier: Apache-2.0
"""How check_formal.py has a proof solved: Yosys compiles it, ABC or z3 answers, and what refutes it
becomes a wave."""

import dataclasses
import pathlib
import re
import subprocess
import sys
import tempfile
import typing

import rtl_files


@dataclasses.dataclass
class Result:
    """What a solver has found."""
    proven: bool
    says: str
    wave: typing.Optional[pathlib.Path] = None  # of what refutes it


def run(command, folder, seconds):
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds,
                              check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout + done.stderr


def yosys(root, proof, passes):
    """Compiles a proof's modules; ends the run with Yosys's complaint where there is one."""
    files = rtl_files.needed(root, proof.top, proof.contracts)
    sets = "".join(f"chparam -set {k} {v} {proof.top}; " for k, v in proof.parameters.items())
    # The rules of a module that only its contract stands for are assumed.
    stands = "".join(f"rename {contract} {module}; " for module, contract in proof.contracts.items())
    rules = ""
    if stands:
        rules = ("proc; " + "".join(f"chformal -remove *{m}*/t:$assert; " for m in proof.without)
                 + "chformal -assert2assume *walker_*rules*/t:$assert; ")
    script = (f"read_verilog -sv -formal {' '.join(files)}; {stands}{sets}hierarchy -top {proof.top}; "
              f"{rules}prep -flatten -nordff; rename -top {proof.top}; "
              f"rename -hide w:*$func$*; {passes}")
    done = subprocess.run(["yosys", "-q", "-p", script], cwd=root, capture_output=True, text=True,
                          timeout=proof.seconds, check=False)
    if done.returncode:
        sys.exit(f"{proof.name}: yosys says {(done.stdout + done.stderr)[-800:]}")


def compile_aiger(root, proof, work):
    """proof.aig, and proof.il before its words became bits; the goals' places in the sources, in
    the order of the outputs."""
    goals = "chformal -cover -remove; "
    if proof.engine == "cover":
        goals = "chformal -assert -remove; techmap -map rtl/formal/cover_as_assert.v; "
    yosys(root, proof, goals + "memory_map; opt -full; async2sync; dffunmap; "
          f"write_rtlil {work}/proof.il; techmap; opt -fast; dfflegalize -cell $_DFF_P_ 01; "
          "abc -g AND -fast; opt_clean; setundef -anyseq; "
          f"tee -q -o {work}/goals select -list t:$assert; "
          f"write_aiger -zinit -no-startoffset -map {work}/proof.aim {work}/proof.aig")
    text = (work / "goals").read_text(encoding="utf-8")
    return re.findall(r"\$(?:assert|cover)\$(\S+:\d+)", text)


def abc(work, commands, seconds):
    return run(["yosys-abc", "-c", f"read_aiger proof.aig; fold; {commands}"], work, seconds)


def with_abc(root, proof, work, wave):
    goals = compile_aiger(root, proof, work)
    bounded = f"bmc3 -g -F {proof.depth}"
    if proof.engine == "cover":
        # One goal after the other.
        says = abc(work, "; ".join(f"cone -s -O {n}; {bounded}; read_aiger proof.aig; fold"
                                   for n in range(len(goals))), proof.seconds)
        return covered(says, goals)
    says = abc(work, f"{bounded}; write_cex -a proof.aiw", proof.seconds)
    result = refuted(says, goals) or held(says, proof.depth, goals)
    if result.proven and proof.engine == "for ever":
        says = abc(work, f"pdr -f -T {proof.seconds}; write_cex -a proof.aiw", 2 * proof.seconds)
        result = refuted(says, goals) or held_for_ever(says)
    if wave and (work / "proof.aiw").exists():
        result.wave = replay(work, wave, proof.seconds)
    return result


def refuted(says, goals):
    """ABC's counterexample or its silence; None without either."""
    if says is None:
        return Result(False, "no answer in time")
    found = re.search(r"Output (\d+) of miter .* was asserted in frame (\d+)", says)
    if not found:
        return None
    place = goals[int(found[1])] if int(found[1]) < len(goals) else "?"
    return Result(False, f"{place} fails in cycle {found[2]}")


def held(says, depth, goals):
    frames = re.search(r"No output asserted in (\d+) frames", says)
    if frames and int(frames[1]) >= depth:
        return Result(True, f"{len(goals)} assertions hold for {frames[1]} cycles")
    return Result(False, "undecided: " + says.strip()[-200:])


def held_for_ever(says):
    ever = re.search(r"Invariant F\[\d+\] : (\d+) clauses", says)
    verified = re.search(r"Verification of invariant with \d+ clauses was successful", says)
    if ever and verified and "Property proved" in says:
        return Result(True, f"for ever, by an invariant of {ever[1]} clauses")
    return Result(False, "undecided: " + says.strip()[-200:])


def covered(says, goals):
    """Which goals a cover run has reached: one word of the solver for each."""
    words = re.findall(r"(was asserted in frame \d+|No output asserted)", says or "")
    missed = [goal for goal, word in zip(goals, words) if word.startswith("No")]
    if len(words) != len(goals):
        return Result(False, f"undecided: {len(words)} of {len(goals)} goals")
    latest = max((int(w.split()[-1]) for w in words if not w.startswith("No")), default=0)
    if missed:
        return Result(False, "fails to reach " + ", ".join(missed))
    return Result(True, f"{len(goals)} states and transitions reached within {latest} cycles")


def replay(work, wave, seconds):
    """ABC's counterexample is one of bits; z3 finds every signal of the design that goes with it."""
    run(["yosys", "-q", "-p", "read_rtlil proof.il; write_smt2 -wires proof.smt2"], work, seconds)
    says = smtbmc(["--aig", "proof.aim:proof.aiw", "--aig-noheader"], work, wave, seconds)
    return wave if says and "Status: FAILED" in says else None


def smtbmc(how, work, wave, seconds):
    """z3's words on proof.smt2; what refutes it is drawn."""
    draw = []
    if wave:
        wave.parent.mkdir(parents=True, exist_ok=True)
        draw = ["--dump-vcd", str(wave.resolve())]
    return run(["yosys-smtbmc", "-s", "z3", "--unroll", "--noprogress", *how, *draw, "proof.smt2"],
               work, seconds)


def with_z3(root, proof, work, wave):
    yosys(root, proof, "chformal -assert -remove c:$flatten*; memory_map; opt -full; async2sync; "
          f"dffunmap; write_smt2 -wires {work}/proof.smt2")
    for step in ([], ["-i"]):
        says = smtbmc(["-t", str(proof.depth), *step], work, wave, proof.seconds)
        if says is None:
            return Result(False, f"z3 has no answer within {proof.seconds} s")
        if "Status: PASSED" not in says:
            place = re.search(r"Assert failed in \S+ (\S+)", says)
            return Result(False, f"{place[1] if place else says[-300:]} fails", wave)
    return Result(True, f"for ever, by {proof.depth}-induction")


def solve(root, proof, wave=None):
    """Solves a proof; what refutes it is drawn into the file `wave`, if one is given."""
    with tempfile.TemporaryDirectory() as folder:
        solver = with_z3 if proof.engine == "induction" else with_abc
        return solver(root, proof, pathlib.Path(folder), wave)
