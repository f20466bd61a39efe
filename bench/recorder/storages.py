#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what the recorder adds to a read and a write of each kind of variable: storages.py EXTENSION [--rounds N]

Each round runs the same loops plain and recorded, one after the other, on each Python that is installed. What is shown is the minimum of
the rounds: nanoseconds of CPU time plain -> recorded, and their ratio. What a loop takes is taken off the calls of `get` and `set`; a read or
write of a global has the loop around it, as a load alone is less than such a loop can measure. The table goes to stdout, in Markdown.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "recorder")]
import pythons
import recordings

COLUMNS = {"get": "ContextVar.get", "set": "ContextVar.set", "read": "a global, read", "write": "a global, written", "local": "threading.local, read"}
WITHOUT_LOOP = ("get", "set", "local")
LIMITS = {"get": 3, "set": 5, "read": 5, "write": 5}

PROGRAM = '''
import contextvars, json, sys, threading, time

N = 50_000
variable = contextvars.ContextVar("variable")
local = threading.local()
watched = 1


def get():
    for _ in range(N):
        variable.get()


def set():
    for _ in range(N):
        variable.set(5)


def read():
    for _ in range(N):
        watched


def write():
    global watched
    for _ in range(N):
        watched = 5


def local_read():
    for _ in range(N):
        local.value


def nothing():
    for _ in range(N):
        pass


def nanoseconds(function):
    began = time.process_time_ns()
    function()
    return (time.process_time_ns() - began) / N


variable.set(1)
local.value = 1
functions = {"get": get, "set": set, "read": read, "write": write, "local": local_read, "loop": nothing}
print(json.dumps({name: min(nanoseconds(function) for _ in range(7)) for name, function in functions.items()}))
'''


def measure(python, command):
    """Returns the nanoseconds of each column."""
    return json.loads(subprocess.run([python, *command], capture_output=True, text=True, check=True, timeout=300).stdout)


def measure_in_turns(python, commands, rounds):
    """Returns the minima of each of the commands, which take turns."""
    results = [[measure(python, command()) for command in commands] for _ in range(rounds)]
    empty = min(result["loop"] for taken in results for result in taken)
    minima = [{name: min(taken[at][name] for taken in results) for name in COLUMNS} for at in range(len(commands))]
    return [{name: took - (empty if name in WITHOUT_LOOP else 0) for name, took in minimum.items()} for minimum in minima]


def main():
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extension", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    said = parser.parse_args()
    recorder = recordings.unpack(said.extension)
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        program = pathlib.Path(folder) / "program.py"
        program.write_text(PROGRAM, encoding="utf-8")

        def recorded(*options):
            def command():
                for spool in pathlib.Path(folder).glob("*.spool"):
                    spool.unlink()
                return [recorder / "launch.py", folder, "--watch", "watched", *options, program]

            return command

        commands = [lambda: [program], recorded(), recorded("--switch", "1000=contextvar")]
        print(head())
        table(commands, said.rounds)


def memory():
    """Returns a folder whose files are in memory, as those of a recording are while it runs; None where there is none."""
    return next((path for path in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm") if path and os.access(path, os.W_OK)), None)


def head():
    """Returns the first two lines of the table."""
    return "| ns, plain → recorded | " + " | ".join(COLUMNS.values()) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|"


def table(commands, rounds):
    """Prints the lines of the table, and the medians of their ratios."""
    ratios = {name: [] for name in COLUMNS}
    for python in reversed(pythons.all_pythons(recordings.OLDEST)):
        plain, recorded, kept = measure_in_turns(python, commands, rounds)
        version = ".".join(map(str, pythons.version_of(python)))
        for title, other in ((version, recorded), (f"{version}, all storages kept", kept)):
            cells = [f"{plain[name]:.0f} → {other[name]:.0f} (×{other[name] / plain[name]:.1f})" for name in COLUMNS]
            print(f"| {title} | " + " | ".join(cells) + " |", flush=True)
        for name in COLUMNS:
            ratios[name].append(recorded[name] / plain[name])
    medians = [f"**×{statistics.median(ratios[name]):.1f}**" + (f" of {LIMITS[name]}" if name in LIMITS else "") for name in COLUMNS]
    print("| median | " + " | ".join(medians) + " |")


if __name__ == "__main__":
    main()
