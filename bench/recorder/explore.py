#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures exploration:  explore.py LOOPSCOPE [--schedules N] [--rounds N] [--python EXE]

The post's first program under N schedules: `loopscope explore`, with what is free unless said and with the ready queue in any order, beside the testers on
PyPI that run asyncio programs under seeds (bench/recorder/programs/seeded.py), which are installed for the time of the run. By turns, ROUNDS times, each
a process of its own, and all processes that it starts, on one core. Both times are of the whole command, from its start to its end: CPU of all its
processes, and wall. What is counted is the N schedules that were asked for: of Loopscope neither the runs that check it, nor those that look for
the shortest schedule of an outcome, nor those of which files are made, all of which the times have in them. The table goes to stdout, in Markdown: medians, and how many different outputs N schedules had.
"""

import argparse
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "support"))
import pythons

PROGRAM = ROOT / "tests" / "recorder" / "programs" / "indication_global.py"
SEEDED = pathlib.Path(__file__).resolve().parent / "programs" / "seeded.py"
PEERS = ("simloop==0.2.2", "simloom==0.5.0", "seedloop==0.4.1")
OLDEST = (3, 12)  # that the peers run on
DIFFERENT = re.compile(r"(\d+) different")


def install(python, folder):
    """Installs the peers into a folder. Returns whether that went well; else says why not."""
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--target", folder, *PEERS]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"The peers cannot be installed and are left out: {(done.stderr.strip().splitlines() or ['pip says nothing'])[-1]}", file=sys.stderr)
    return done.returncode == 0


def commands_of(loopscope, python, folder, schedules):
    """Returns by label each command that is measured."""
    explore = [loopscope, "explore", "--python", python, "--schedules", str(schedules)]
    found = {"Loopscope": [*explore, str(PROGRAM)], "Loopscope, `--ready`": [*explore, "--ready", str(PROGRAM)]}
    if install(python, folder):
        found.update({peer.replace("==", " "): [python, str(SEEDED), peer.partition("=")[0], str(PROGRAM), str(schedules)] for peer in PEERS})
    return found


def measure(command, folder):
    """Returns the wall and CPU seconds of a command and of what it starts, and how many different outputs it says that there were."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder,
                          env={**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"})  # fmt: skip
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    different = DIFFERENT.search(done.stdout)
    if done.returncode or not different:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(different[1])


def print_table(commands, folder, schedules, rounds):
    """Measures each command by turns, and prints the table."""
    measured = {label: [] for label in commands}
    for _ in range(rounds):
        for label, command in commands.items():
            measured[label].append(measure(command, folder))
    print("| | schedules a second, wall | CPU | different outputs |\n|---|---:|---:|---:|")
    for label, rows in measured.items():
        wall, cpu = (schedules / statistics.median(row[at] for row in rows) for at in (0, 1))
        print(f"| {label} | {wall:,.0f} | {cpu:,.0f} | {', '.join(map(str, sorted({row[2] for row in rows})))} |")


def main():
    """Measures; exits with 77 where there is no Python that all of them run on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("loopscope")
    parser.add_argument("--schedules", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python")
    arguments = parser.parse_args()
    python = arguments.python or next(iter(pythons.all_pythons(OLDEST)), None)
    if not python:
        print(f"No Python 3.12 or newer was found {pythons.WHERE}.", file=sys.stderr)
        return 77
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # and so all that is started from here
    with tempfile.TemporaryDirectory(prefix="loopscope-bench-") as folder:
        loopscope = str(pathlib.Path(arguments.loopscope).resolve())
        print_table(commands_of(loopscope, python, folder, arguments.schedules), folder, arguments.schedules, arguments.rounds)
    version = ".".join(map(str, pythons.version_of(python)))
    print(f"\n{arguments.schedules} schedules of `{PROGRAM.name}` on CPython {version}, all on one core, medians of {arguments.rounds} rounds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
