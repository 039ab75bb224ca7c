#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Applies one-line mutants to the walker, the TLB or the pool of walkers in hardware. The random
bench has to kill each of them; the table says how many walks, rounds or cycles it took."""

import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))

import pool_mutants
import rtl_files
import tlb_mutants
import walker_mutants

SUITES = {"walker": walker_mutants, "tlb": tlb_mutants, "pool": pool_mutants}
WALKS = 200_000
KILLED = re.compile(r"killed (?:(?P<walks>\d+) )?(?P<seen>.*?)(?: in (?:round|cycle) (?P<rounds>\d+))?$",
                    re.M)
INCLUDE = "/usr/share/verilator/include"


def verilate(folder, source, suite):
    """The model of what is in `source`; the tool's words where there is none."""
    command = ["verilator", "--cc", "--build", "-j", "1", "-O3", "--x-assign", "unique",
               "--x-initial", "unique", "-Wno-fatal", "-Wno-lint", "--prefix", "Vmutant",
               "--top-module", suite.TOP, "--Mdir", str(folder / "obj"), "-CFLAGS",
               "-O0"] + suite.FLAGS + [str(source / f) for f in rtl_files.needed(source, suite.TOP)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else None


def compile_common(args, scratch):
    """What all mutants share: Verilator's runtime, and the program. Only the insides differ."""
    problem = verilate(scratch, args.root, args.suite)
    if problem:
        sys.exit(problem)
    flags = ["g++", "-std=c++17", "-w", f"-I{INCLUDE}", f"-I{INCLUDE}/vltstd", "-c"]
    objects = []
    for name in ("verilated", "verilated_fst_c", "verilated_threads"):
        objects.append(str(scratch / f"{name}.o"))
        subprocess.run(flags + ["-O1", f"{INCLUDE}/{name}.cpp", "-o", objects[-1]], check=True)
    objects.append(str(scratch / "main.o"))
    subprocess.run(flags + ["-O1", f"-I{args.root}", f"-I{scratch / 'obj'}", "-o", objects[-1],
                            str(args.root / "testbenches/rtl" / args.suite.MAIN)], check=True)
    return objects


def link(folder, args):
    models = args.build / "models"
    libraries = [str(models / p) for p in
                 ("cosim/libcosim_lockstep.a", "ptw/libptw_core.a", "stats/libstats.a",
                  "config/libconfig.a", "replacement/libreplacement.a")]
    command = ["g++"] + args.common + [str(folder / "obj" / "Vmutant__ALL.a"), "-Wl,--start-group"]
    command += libraries + ["-Wl,--end-group", "-lfmt", "-lz", "-lpthread", "-o",
                            str(folder / "bench")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else None


def run_mutant(number, args, scratch):
    """(walks, rounds or cycles to the kill or None, what was seen) of a mutant."""
    _, file, text, mutant = args.suite.MUTANTS[number]
    folder = scratch / f"m{number}"
    source = folder / "source"
    shutil.copytree(args.root / "rtl", source / "rtl")
    original = (source / file).read_text(encoding="utf-8")
    if original.count(text) == 0:
        return None, f"'{text}' is not in {file}"
    (source / file).write_text(original.replace(text, mutant, 1), encoding="utf-8")
    problem = verilate(folder, source, args.suite) or link(folder, args)
    if problem:
        return None, "does not build: " + problem[-600:]
    try:
        done = subprocess.run([str(folder / "bench"), str(WALKS)], capture_output=True, text=True,
                              timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return None, "no end within a minute"
    killed = KILLED.search(done.stdout)
    shutil.rmtree(folder)
    if not killed:
        return None, "survives" if "survived" in done.stdout else f"ends with {done.returncode}"
    return killed["walks"] or killed["rounds"] or "once", killed["seen"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--suite", choices=SUITES, default="walker")
    parser.add_argument("--only", type=int, nargs="*", help="numbers of mutants")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    args.suite = SUITES[args.suite]
    mutants = args.suite.MUTANTS
    numbers = args.only if args.only else range(len(mutants))
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        args.common = compile_common(args, scratch)
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            results = list(pool.map(lambda n: run_mutant(n, args, scratch), numbers))
    print(f"| {'mutant':62} | {args.suite.UNIT:>6} | seen as |\n|{'-' * 64}|-------:|---------|")
    survivors = 0
    for number, (walks, seen) in zip(numbers, results):
        survivors += walks is None
        print(f"| {mutants[number][0]:62} | {walks or '-':>6} | {seen} |")
    print(f"{len(results)} mutants, {survivors} not killed")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()
