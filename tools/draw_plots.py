#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws the plots of docs/plots from real runs:

    python3 tools/draw_plots.py build/release/tlmmu [page_states] [thrashing] [policies]

Needs gnuplot (Debian's gnuplot-nox). Tables that took many runs stay beside the pictures. Takes a minute or two; the same program draws the same pictures."""
import csv
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PLOTS = os.path.join(ROOT, "docs", "plots")
PAGE = 4096


def run(tlmmu, folder, words):
    """Runs quietly and returns the statistics."""
    stats = os.path.join(folder, "stats.json")
    subprocess.run([tlmmu, "run", "--quiet", "--stats", stats] + words, check=True)
    with open(stats, encoding="utf-8") as file:
        return json.load(file)["statistics"]


def settings(keys):
    return [word for key, value in keys.items() for word in ("--set", f"{key}={value}")]


def write_table(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def gnuplot(name, table, **variables):
    variables = {"csv": f"'{table}'", "svg": f"'{os.path.join(PLOTS, name + '.svg')}'", **variables}
    program = ";".join(f"{key}={value}" for key, value in variables.items())
    subprocess.run(["gnuplot", "-e", program, os.path.join(PLOTS, name + ".gp")], check=True)


def page_states(tlmmu, folder):
    """The states of the pages of one run."""
    table = os.path.join(folder, "timeline.csv")
    scenario = os.path.join(PLOTS, "page_states.scn")
    run(tlmmu, folder, ["--scenario", scenario, "--timeline", table, "--timeline-interval", "100us"])
    gnuplot("page_states", table)


def thrashing(tlmmu, folder):
    """Work done per time over the size of memory, and where the time goes."""
    scenario = os.path.join(PLOTS, "thrashing.scn")
    reserved = 128
    rows = []
    sizes = [*range(192, 336, 16), *range(352, 512, 32), *range(512, 1153, 64)]
    for pages in sizes:
        keys = {"memory.size": (reserved + pages) * PAGE}
        stats = run(tlmmu, folder, ["--scenario", scenario] + settings(keys))
        time = stats["time"]
        elapsed = time["elapsed"]
        rows.append({
            "mib": round(pages * PAGE / (1 << 20), 3),
            "work": round(stats["cpu"]["accesses"] / (elapsed / 1e6), 4),
            "idle": round(100 * time["idle"] / elapsed, 2),
            "kernel": round(100 * (time["kernel"] + time["kernel_memory"]) / elapsed, 2),
        })
    table = os.path.join(PLOTS, "thrashing.csv")
    write_table(table, rows)
    gnuplot("thrashing", table)


def optimal_faults(tlmmu, folder, trace, sizes, part):
    table = os.path.join(folder, "analysis.json")
    frames = ",".join(str(size) for size in sizes)
    subprocess.run([tlmmu, "analyze", trace, "--frames", frames, "--quiet", "--json", table] + part,
                   check=True)
    with open(table, encoding="utf-8") as file:
        return {row["frames"]: row["faults"] for row in json.load(file)["opt"]}


def policies(tlmmu, folder):
    """Faults of a recorded program for each policy, with exactly so many frames for its pages."""
    trace = os.path.join(ROOT, "testbenches", "golden", "ls.lackey.xz")
    sizes = [16, 24, 32, 40, 48, 64, 80, 96, 112]
    part = ["--limit", "100k"]
    keys = json.loads(subprocess.run([tlmmu, "config", "--schema"], check=True,
                                     capture_output=True).stdout)
    names = keys["properties"]["kernel"]["properties"]["policy"]["enum"]
    whole = run(tlmmu, folder, ["--trace", trace] + part)
    tables = whole["kernel"]["process_0"]["max_page_tables"]
    best = optimal_faults(tlmmu, folder, trace, sizes, part)
    memory = 4 << 20
    rows = []
    for frames in sizes:
        row = {"frames": frames, "opt": best[frames]}
        for name in names:
            stats = run(tlmmu, folder, ["--trace", trace] + part + settings({
                "memory.size": memory,
                "kernel.reserved": memory - (tables + frames) * PAGE,
                "kernel.watermarks": "given",
                "kernel.watermark_min": 0,
                "kernel.direct_reclaim_batch": 1,
                "kernel.policy": name,
            }))
            faults = stats["kernel"]["faults"]
            row[name] = faults["minor"] + faults["major_file"] + faults["major_swap"]
        rows.append(row)
    table = os.path.join(PLOTS, "policies.csv")
    write_table(table, rows)
    gnuplot("policies", table, low=sizes[0], high=sizes[-1])


PICTURES = {"page_states": page_states, "thrashing": thrashing, "policies": policies}


def main():
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(PICTURES):
        sys.exit(__doc__)
    tlmmu = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[2:] or PICTURES:
            PICTURES[name](tlmmu, folder)


if __name__ == "__main__":
    main()
