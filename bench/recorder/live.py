#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what stepping costs:  live.py EXTENSION LIVE_BENCH --loopscope LOOPSCOPE [--rounds N] [--python EXE]… [--fallback]

For each Python from 3.11 on that is installed, or each that is named: how long a step takes from the request to its events, and from the key to
its picture, medians and 99th percentiles of 500 steps each; and what the programs of bench/recorder/programs cost when they run freely under a
live session, beside the same under `loopscope record`: CPU time of the program's own work, by turns, the least of ROUNDS. With --fallback the
steps are those of a program that Python alone records, and the rest is left out. The table goes to stdout, in Markdown.
"""

import argparse
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import compare
from compare import PROGRAMS, WORKLOADS, pythons

STEPS = 500


class LiveBench(compare.Bench):
    """Runs the programs recorded, and live."""

    def __init__(self, arguments, folder):
        super().__init__(argparse.Namespace(extension=arguments.extension, loopscope=arguments.loopscope, viztracer=False), folder)
        self.live_bench = arguments.live_bench.resolve()
        self.options = ["--live", "--paused", *(["--fallback"] if arguments.fallback else [])]

    def live(self, work, python, program):
        """Returns the command that runs a program live, and does that work with it."""
        spools = tempfile.mkdtemp(dir=self.folder)
        return [str(self.live_bench), *work, spools, python, str(self.launcher), spools, *self.options, str(PROGRAMS / program[0]), *program[1:]]

    def command(self, python, mode, program):
        """Returns the command of a mode: "live", or as compare.Bench does."""
        return (self.live(["play"], python, program), {}) if mode == "live" else super().command(python, mode, program)

    def steps(self, python, program):
        """Returns the median and the 99th percentile of a step, and of a step and its picture, in microseconds."""
        done = subprocess.run(self.live(["steps", str(STEPS)], python, program), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.sweep()
        measured = re.search(r"^(\d+) (\d+) (\d+) (\d+)$", done.stdout, re.MULTILINE)
        if done.returncode or not measured:
            raise SystemExit(f"{program[0]} could not be stepped:\n{done.stderr}")
        return [int(number) for number in measured.groups()]


def main():
    """Measures; exits with 77 where there is no Python."""
    parser = argparse.ArgumentParser()
    parser.add_argument("extension", type=pathlib.Path)
    parser.add_argument("live_bench", type=pathlib.Path)
    parser.add_argument("--loopscope", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", action="append")
    parser.add_argument("--fallback", action="store_true")
    arguments = parser.parse_args()
    found = arguments.python or list(reversed(pythons.all_pythons((3, 11))))
    if not found:
        print(f"No Python 3.11 or newer was found {pythons.WHERE}.", file=sys.stderr)
        return 77
    ratios = []
    print("| Python | program | a step, µs: median | 99 % | with its picture: median | 99 % | free under `live` / `record` |", flush=True)
    print("|---|---|---:|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="loopscope-bench-") as folder:
        bench = LiveBench(arguments, folder)
        for python in found:
            version = ".".join(map(str, pythons.version_of(python)))
            for name, program in WORKLOADS.items():
                cells = [f"{number}" for number in bench.steps(python, program)]
                if not arguments.fallback:
                    least = bench.minima(python, program, ["lines user", "live"], arguments.rounds)
                    ratios.append(least["live"][0] / least["lines user"][0])
                    cells.append(f"{ratios[-1]:.2f}")
                print(f"| {version} | {name} | " + " | ".join(cells) + " |" + " |" * arguments.fallback, flush=True)
    if ratios:
        print(f"| | **median, worst** | | | | | **{statistics.median(ratios):.2f}, {max(ratios):.2f}** |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
