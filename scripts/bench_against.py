#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures this tree beside an earlier commit: ./dev bench --against COMMIT [--rounds N] [--only loop,explore,open,screen] [--within PERCENT]

The commit is built aside, in build/against/, once. Both builds then take turns, round by round, the one that was first being second in the
next round, so that a machine that gets slower or faster does so for both. What counts is the median of the rounds' ratios.

The table goes to stdout as Markdown, everything else to stderr. Exits with 1 if a figure is worse by more than --within allows.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ASIDE = ROOT / "build/against"
TARGETS = ["loop_bench", "explore_bench", "open_bench", "screen_bench"]
LIMIT = 600  # seconds that one call may take


def say(text):
    print(text, file=sys.stderr, flush=True)


def stop(sentence):
    sys.exit(f"bench: {sentence}")


# --- What is measured: each gives {figure: value}, of which less is better ---


def items_of(output):
    """What loop_bench and explore_bench print: a JSON object a line, nanoseconds or bytes an item."""
    figures = {}
    for line in output.splitlines():
        item = json.loads(line)
        unit = "bytes" if "bytes" in item else "ns"
        figures[f"{item['workload']}, {unit}"] = item[unit]
    return figures


def frames_of(output):
    """What screen_bench prints: one JSON object, milliseconds a frame by phase."""
    return {
        f"frame {name.removesuffix('_p50_ms').replace('_', ' ')}, p50 ms": value
        for name, value in json.loads(output).items()
        if name.endswith("_p50_ms")
    }


def openings_of(output):
    """What open_bench prints: a Markdown row for each kind of file."""
    figures = {}
    for row in re.findall(r"^\|(.*\d.*)\|$", output, re.MULTILINE):
        file, _, _, seconds, cpu, memory, *first = (cell.strip() for cell in row.split("|"))
        kind = pathlib.PurePath(file).suffix
        figures |= {f"open {kind}, s": float(seconds), f"open {kind}, CPU s": float(cpu), f"open {kind}, MB": float(memory)}
        # What was built before shows nothing until all of it is open.
        figures[f"open {kind}, s to the first picture"] = float(first[0] if first else seconds)
    return figures


# A name, the command below build/release/bench, how its output is read, and whether it is a matter of one core.
MEASURES = {
    "loop": (["loop_bench", "traced", "{workload}", "0.4"], items_of, True),
    "explore": (["explore_bench", "explored", "X", "0.4"], items_of, True),
    "open": (["open_bench", "1000000", "100"], openings_of, False),
    "screen": (["screen_bench", "1000000", "100"], frames_of, False),
}
LOOP_WORKLOADS = ["W1", "W2", "W3", "W4", "W4-future", "W4-queue", "W5", "M"]


def commands(names):
    """(command, reader, pinned) for each call of a round."""
    for name in names:
        command, read, pinned = MEASURES[name]
        for workload in LOOP_WORKLOADS if name == "loop" else [""]:
            yield [word.format(workload=workload) for word in command], read, pinned


def pin():
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure(tree, command, read, pinned):
    program, *arguments = command
    try:
        done = subprocess.run(
            [tree / "build/release/bench" / program, *arguments],
            capture_output=True, text=True, timeout=LIMIT, check=False, preexec_fn=pin if pinned else None,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        stop(f"{' '.join(command)} was given up after {LIMIT} seconds.")
    if done.returncode != 0:
        stop(f"{' '.join(command)} in {tree} ended with {done.returncode}: {done.stderr.strip()}")
    return read(done.stdout)


# --- Two trees ---


def commit_of(name):
    found = subprocess.run(["git", "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode != 0:
        stop(f"there is no commit '{name}'; `git log --oneline` lists them.")
    return found.stdout.strip()


def check_out(commit):
    """The commit's files in a folder of their own, without a work tree that git would have to know of."""
    tree = ASIDE / commit[:12]
    if (tree / "CMakeLists.txt").exists():
        return tree
    part = tree.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    archive = subprocess.Popen(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE)
    unpacked = subprocess.run(["tar", "-x", "-C", part], stdin=archive.stdout, check=False)
    if archive.wait() != 0 or unpacked.returncode != 0:
        stop(f"the files of {commit[:12]} could not be written to {part}.")
    part.rename(tree)
    return tree


def build(tree):
    say(f"Building {tree.relative_to(ROOT) if tree != ROOT else 'this tree'} (release)")
    launcher = shutil.which("ccache") or ""
    configure = ["cmake", "--preset", "release", "-DLOOPSCOPE_TESTS=OFF", "-DLOOPSCOPE_BENCH=ON",
                 f"-DCMAKE_C_COMPILER_LAUNCHER={launcher}", f"-DCMAKE_CXX_COMPILER_LAUNCHER={launcher}"]  # fmt: skip
    for command in (configure, ["cmake", "--build", "--preset", "release", "--target", *TARGETS]):
        done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            stop(f"{tree} does not build:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def session(before, names, rounds):
    """{figure: ([before, …], [now, …])}, a value a round on each side."""
    samples = {}
    for number in range(rounds):
        for command, read, pinned in commands(names):
            say(f"round {number + 1} of {rounds}  {' '.join(command)}")
            trees = [before, ROOT] if number % 2 == 0 else [ROOT, before]
            figures = {tree: measure(tree, command, read, pinned) for tree in trees}
            for figure in figures[before].keys() & figures[ROOT].keys():
                sides = samples.setdefault(figure, ([], []))
                sides[0].append(figures[before][figure])
                sides[1].append(figures[ROOT][figure])
    return samples


def ratios(sides):
    return [now / before for before, now in zip(*sides, strict=True) if before > 0]


def table(samples, commit, within):
    """The table, and the figures that are worse than is allowed."""
    lines = [f"| | {commit[:12]} | now | now / before | least to most of the rounds |", "|---|---:|---:|---:|---:|"]
    worse = []
    for figure in sorted(samples):
        each = ratios(samples[figure])
        if not each:
            continue
        ratio = statistics.median(each)
        if ratio > 1 + within / 100:
            worse.append(figure)
        before, now = map(statistics.median, samples[figure])
        mark = "**" if figure in worse else ""
        lines.append(f"| {figure} | {before:.4g} | {now:.4g} | {mark}{ratio:.3f}{mark} | {min(each):.3f} to {max(each):.3f} |")
    return lines, worse


def main():
    parser = argparse.ArgumentParser(prog="./dev bench --against", description="Measures this tree beside an earlier commit, by turns.")
    parser.add_argument("commit", help="the commit to compare with")
    parser.add_argument("--rounds", type=int, default=7, help="how often each side has its turn (7)")
    parser.add_argument("--only", default=",".join(MEASURES), metavar="loop,…", help=f"some of {', '.join(MEASURES)}")
    parser.add_argument("--within", type=float, default=3, metavar="PERCENT", help="how much worse a figure may be (3)")
    arguments = parser.parse_args()
    names = arguments.only.split(",")
    if unknown := [name for name in names if name not in MEASURES]:
        parser.error(f"there is no measure '{unknown[0]}'; there are: {', '.join(MEASURES)}")
    if arguments.rounds < 1:
        parser.error("--rounds has to be at least 1.")

    commit = commit_of(arguments.commit)
    before = check_out(commit)
    build(before)
    build(ROOT)
    lines, worse = table(session(before, names, arguments.rounds), commit, arguments.within)
    print("\n".join(lines))
    print(f"\nMedians of {arguments.rounds} rounds; the ratio is the median of the rounds' ratios.")
    if worse:
        stop(f"worse by more than {arguments.within:g} %: {', '.join(worse)}.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("\nbench: stopped.")
        sys.exit(130)
