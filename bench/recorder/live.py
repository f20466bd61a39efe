#!/usr/bin/env python3
"""Measures what stepping costs:  live.py EXTENSION LIVE_STEPS --loopscope LOOPSCOPE [--rounds N] [--python EXE]…

For each Python from 3.11 on that is installed, or each that is named: how long a step takes from the request to its events, the median and the 99th
percentile of 2,000 steps; and what the programs of bench/recorder/programs cost when they run freely under a live session, beside the same under
`loopscope record`: CPU time of the program's own work, by turns, the least of ROUNDS. The table goes to stdout, in Markdown.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import compare
from compare import PROGRAMS, WORKLOADS, pythons

STEPS = 2000


class LiveBench(compare.Bench):
    """Runs the programs recorded, and live."""

    def __init__(self, arguments, folder):
        super().__init__(argparse.Namespace(extension=arguments.extension, loopscope=arguments.loopscope, viztracer=False), folder)
        self.live_steps = arguments.live_steps.resolve()

    def live(self, answers, python, program):
        """Returns the command that runs a program live."""
        spools = tempfile.mkdtemp(dir=self.folder)
        return [str(self.live_steps), str(answers), spools, python, str(self.launcher), spools, "--live", "--paused", str(PROGRAMS / program[0]), *program[1:]]

    def command(self, python, mode, program):
        """Returns the command of a mode: "live", or as compare.Bench does."""
        return (self.live("-", python, program), {}) if mode == "live" else super().command(python, mode, program)

    def steps(self, python, program):
        """Returns the median and the 99th percentile of a step, in microseconds."""
        reads, writes = os.pipe()
        command = self.live(writes, python, program)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[writes], text=True) as running:
            os.close(writes)
            with os.fdopen(reads) as answers:
                answers.readline()
                running.stdin.write(f"measure {STEPS}\n")
                running.stdin.flush()
                measured = json.loads(answers.readline())["failure"]
            running.communicate()
        self.sweep()
        return [float(number) for number in measured.split()]


def main():
    """Measures; exits with 77 where there is no Python."""
    parser = argparse.ArgumentParser()
    parser.add_argument("extension", type=pathlib.Path)
    parser.add_argument("live_steps", type=pathlib.Path)
    parser.add_argument("--loopscope", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", action="append")
    arguments = parser.parse_args()
    found = arguments.python or list(reversed(pythons.all_pythons((3, 11))))
    if not found:
        print(f"No Python 3.11 or newer was found {pythons.WHERE}.", file=sys.stderr)
        return 77
    ratios = []
    print("| Python | program | a step, µs: median | 99 % | free under `live` / `record` |\n|---|---|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="loopscope-bench-") as folder:
        bench = LiveBench(arguments, folder)
        for python in found:
            version = ".".join(map(str, pythons.version_of(python)))
            for name, program in WORKLOADS.items():
                median, tail = bench.steps(python, program)
                least = bench.minima(python, program, ["lines user", "live"], arguments.rounds)
                ratios.append(least["live"][0] / least["lines user"][0])
                print(f"| {version} | {name} | {median:.0f} | {tail:.0f} | {ratios[-1]:.2f} |", flush=True)
    print(f"| | **median, worst** | | | **{statistics.median(ratios):.2f}, {max(ratios):.2f}** |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
