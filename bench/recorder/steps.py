#!/usr/bin/env python3
"""Measures one step of a program that is paused:  steps.py EXTENSION [--steps N] [--python EXE]… [--fallback]

From the permit, through one handle, until the program stands before the next: what recording adds to a step of `loopscope live`. The table goes
to stdout, in Markdown, in microseconds.
"""

import argparse
import pathlib
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "recorder")]
import pythons
import recordings
from viewer import PAUSED, PERMITS, Viewer

PROGRAM = pathlib.Path(__file__).resolve().parent / "programs" / "yields.py"


def round_trips(recorder, python, options, steps):
    """Returns the microseconds of so many steps, in order."""
    with Viewer(recorder, python, *options, PROGRAM, 4, steps) as live:
        live.step(20)
        took = []
        for _ in range(steps):
            began = time.perf_counter_ns()
            live.give()
            while live.words[PERMITS] or not live.words[PAUSED]:
                pass
            took.append((time.perf_counter_ns() - began) / 1e3)
    return sorted(took)


def main():
    """Measures; exits with 77 where there is no Python."""
    parser = argparse.ArgumentParser()
    parser.add_argument("extension", type=pathlib.Path)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--python", action="append")
    parser.add_argument("--fallback", action="store_true")
    arguments = parser.parse_args()
    found = arguments.python or list(reversed(pythons.all_pythons((3, 8))))
    if not found:
        print(f"No Python 3.8 or newer was found {pythons.WHERE}.", file=sys.stderr)
        return 77
    recorder = recordings.unpack(arguments.extension)
    print("| Python | median | p99 | worst |\n|---|---:|---:|---:|")
    for python in found:
        took = round_trips(recorder, python, ["--fallback"] if arguments.fallback else [], arguments.steps)
        version = ".".join(map(str, pythons.version_of(python)))
        print(f"| {version} | {statistics.median(took):.0f} | {took[int(len(took) * 0.99)]:.0f} | {took[-1]:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
