#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what a recording costs a program:  compare.py EXTENSION [--loopscope LOOPSCOPE] [--rounds N] [--python EXE]… [--viztracer]

For each Python from 3.11 on that is installed, or each that is named, the programs of bench/recorder/programs run plain, recorded without and with
source lines, recorded by Python alone, in asyncio's debug mode and, where it is installed or asked for, under viztracer's --log_async: one after
the other, ROUNDS times. What is compared is the CPU time of the program's own work by its minima; of `nothing`, the wall time of the whole
process; of `crowd`, its peak memory as well. With LOOPSCOPE the recorded ones run under `loopscope record`, which reads along; without, under
the launcher alone. The table goes to stdout, in Markdown, with the median and the worst of each column.
"""

import argparse
import collections
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "recorder")]
import pythons
import recordings

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
WORKLOADS = {
    "200 tasks x 100 sleep(0)": ("yields.py", "200", "100"),
    "1 task x 20,000 sleep(0)": ("yields.py", "1", "20000"),
    "queue ping-pong x 5,000": ("queues.py", "5000"),
    "echo, 200 connections x 20": ("echo.py", "200", "20"),
    "echo, 2,000 connections x 3": ("echo.py", "2000", "3"),
}
CROWD = "100,000 tasks sleep once"
NOTHING = "start and end, wall ms more"
VIZTRACER = "viztracer==1.1.1"
SLOW = ("debug", "viztracer")  # of which one round in three says enough
MODES = {"lines none": ["--lines", "none"], "lines user": ["--lines", "user"], "in Python": ["--fallback"]}


class Bench:
    """Runs the programs in each way."""

    def __init__(self, arguments, folder):
        self.folder = folder
        self.launcher = recordings.unpack(arguments.extension) / "launch.py"
        self.loopscope = arguments.loopscope
        self.viztracer = {}
        self.wanted = arguments.viztracer

    def recorded(self, python, options, program):
        """Returns the command that records a program."""
        if self.loopscope and "--fallback" not in options:
            return [self.loopscope, "record", "--python", python, *options, "-o", f"{self.folder}/recorded.loopscope", *program]
        spools = tempfile.mkdtemp(dir=self.folder)
        return [python, self.launcher, spools, *options, *program]

    def command(self, python, mode, program):
        """Returns a command and what is added to the environment, or None where the mode is not there."""
        program = [str(PROGRAMS / program[0]), *program[1:]]
        if mode == "plain":
            return [python, *program], {}
        if mode == "debug":
            return [python, *program], {"PYTHONASYNCIODEBUG": "1"}
        if mode == "viztracer":
            path = self.find_viztracer(python)
            command = [python, "-m", "viztracer", "--log_async", "--quiet", "-o", f"{self.folder}/viztracer.json", "--", *program]
            return (command, {"PYTHONPATH": path}) if path is not None else None
        return self.recorded(python, MODES[mode], program), {}

    def find_viztracer(self, python):
        """Returns the folder in which a Python finds viztracer, "" where it is installed, or None. Installs it if that is wished."""
        if python not in self.viztracer:
            there = subprocess.run([python, "-c", "import viztracer"], capture_output=True, check=False).returncode == 0
            self.viztracer[python] = "" if there else None
            if not there and self.wanted:
                target = tempfile.mkdtemp(dir=self.folder)
                done = subprocess.run([python, "-m", "pip", "install", "--quiet", "--target", target, VIZTRACER], capture_output=True, check=False)
                self.viztracer[python] = target if done.returncode == 0 else None
        return self.viztracer[python]

    def run(self, python, mode, program):
        """Returns what a program printed, numbers, and the wall seconds of its process; None where the mode is not there."""
        found = self.command(python, mode, program)
        if found is None:
            return None
        command, environment = found
        began = time.perf_counter()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
                              env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment})  # fmt: skip
        wall = time.perf_counter() - began
        self.sweep()
        numbers = [line for line in done.stderr.splitlines() if line.replace(".", "").replace(" ", "").isdigit()]
        if done.returncode or not numbers:
            raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
        return [float(number) for number in numbers[-1].split()], wall

    def sweep(self):
        """Removes what recordings have left, so that they do not fill the disk."""
        for spool in pathlib.Path(self.folder).glob("*/*.spool"):
            spool.unlink()

    def minima(self, python, program, modes, rounds):
        """Returns by mode the least of each number in so many rounds, the wall time behind them."""
        least = {}
        for turn in range(rounds):
            for mode in modes:
                if mode in SLOW and turn % 3:
                    continue
                measured = self.run(python, mode, program)
                if measured is None:
                    continue
                numbers = [*measured[0], measured[1]]
                least[mode] = [min(pair) for pair in zip(least.get(mode, numbers), numbers)]
        return least


def table(bench, found, rounds):
    """Prints the table, row by row as it is measured."""
    modes = ["plain", *MODES, *SLOW]
    print("| Python | program | plain, ns | " + " | ".join(modes[1:]) + " |")
    print("|---|---|---:|" + "---:|" * (len(modes) - 1), flush=True)
    ratios = collections.defaultdict(list)
    for python in found:
        version = ".".join(map(str, pythons.version_of(python)))
        for name, program in WORKLOADS.items():
            least = bench.minima(python, program, modes, rounds)
            row = {mode: least[mode][0] / least["plain"][0] for mode in modes[1:] if mode in least}
            for mode, ratio in row.items():
                ratios[mode].append(ratio)
            cells = [f"{row[mode]:.2f}" if mode in row else "" for mode in modes[1:]]
            print(f"| {version} | {name} | {least['plain'][0]:,.0f} | " + " | ".join(cells) + " |", flush=True)
        print_crowd(bench, python, version, rounds)
        print_start(bench, python, version, rounds)
    for what, of in (("median of the ratios", statistics.median), ("worst of them", max)):
        print(f"| | **{what}** | | " + " | ".join(f"**{of(ratios[mode]):.2f}**" if ratios[mode] else "" for mode in modes[1:]) + " |")


def print_crowd(bench, python, version, rounds):
    """Prints what many tasks cost, CPU time and memory, apart from the medians: this program has no loop of its own."""
    least = bench.minima(python, ("crowd.py", "100000"), ["plain", *MODES], max(rounds // 2, 1))
    plain = least["plain"]
    cells = [f"{least[mode][0] / plain[0]:.2f}, memory {least[mode][1] / plain[1]:.2f}" for mode in MODES if mode in least]
    print(f"| {version} | {CROWD} | {plain[0]:,.0f} | " + " | ".join(cells) + " |" + " |" * len(SLOW), flush=True)


def print_start(bench, python, version, rounds):
    """Prints how many milliseconds longer a program takes that does nothing."""
    least = bench.minima(python, ("nothing.py",), ["plain", *MODES], rounds * 2)
    more = [f"{(least[mode][-1] - least['plain'][-1]) * 1e3:+.0f}" for mode in MODES if mode in least]
    print(f"| {version} | {NOTHING} | | " + " | ".join(more) + " |" + " |" * len(SLOW), flush=True)


def main():
    """Measures; exits with 77 where there is no Python."""
    parser = argparse.ArgumentParser()
    parser.add_argument("extension", type=pathlib.Path)
    parser.add_argument("--loopscope")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--python", action="append")
    parser.add_argument("--viztracer", action="store_true", help="install it from PyPI, for the time of the run, where it is not")
    arguments = parser.parse_args()
    found = arguments.python or list(reversed(pythons.all_pythons((3, 11))))
    if not found:
        print(f"No Python 3.11 or newer was found {pythons.WHERE}.", file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory(prefix="loopscope-bench-") as folder:
        table(Bench(arguments, folder), found, arguments.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
