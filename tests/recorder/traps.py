#!/usr/bin/env python3
"""Runs each program of tests/recorder/programs plain and recorded, on each CPython from 3.8 to 3.13 that is found: output and exit code are the same.

    traps.py RECORDER [--python EXE] [--wrap] [NAME…]

RECORDER is the folder with launch.py and the extension.  Every spool that is written must be sound (spool_dump.py).  `--wrap` has asyncio's methods
wrapped instead of replaced, as with a version that the recorder does not know.  Nothing is compared for libraries that are not installed.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import spool_dump

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
sys.path.append(str(PROGRAMS.parents[1] / "support"))
import pythons

# Frames of a traceback that a method written in C does not have, and those of the launcher, where the program's own are below them.
FRAMES = re.compile(r'  File "[^"]*/(asyncio/events\.py", line \d+, in _run|program\.py", line \d+, in execute)\n(    .*\n)+')
# The exception that ends the program passes through the launcher before its task is freed, which says where it has been until then.
OTHER_STDERR = {"exit_in_task"}
CHANGING = re.compile(r"0x[0-9a-f]+|\b\d+\.\d{3,}\b")
LONGEST = 300


def run(command, environment=None):
    """Returns exit code, stdout and stderr of a command, with what differs from run to run left out."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LONGEST, check=False,
                          env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore", **(environment or {})})  # fmt: skip
    return done.returncode, CHANGING.sub("…", done.stdout.decode(errors="replace")), CHANGING.sub("…", done.stderr.decode(errors="replace"))


def check_spools(folder):
    """Returns what is wrong with the spools in a folder."""
    wrong = []
    for spool in sorted(pathlib.Path(folder).glob("*.spool")):
        try:
            spool_dump.read(spool)
        except spool_dump.Unsound as error:
            wrong.append(f"its spool is unsound: {error}")
    return wrong


def compare(python, recorder, program, wrap):
    """Returns what is wrong with the program when it is recorded, a list of sentences."""
    plain = run([python, str(program)])
    if plain[0] == 1 and plain[2].strip().endswith("is not installed"):
        return []
    with tempfile.TemporaryDirectory(prefix="loopscope-") as folder:
        recorded = run([python, str(recorder / "launch.py"), folder, str(program)], {"LOOPSCOPE_WRAP": "1"} if wrap else None)
        wrong = check_spools(folder)
    if recorded[0] != plain[0]:
        wrong.append(f"exit code {recorded[0]} in place of {plain[0]}")
    for what, before, after in (("stdout", plain[1], recorded[1]), ("stderr", FRAMES.sub("", plain[2]), FRAMES.sub("", recorded[2]))):
        if what == "stderr" and program.stem in OTHER_STDERR:
            continue
        after = "".join(line for line in after.splitlines(True) if not line.startswith("loopscope: "))
        if before != after:
            wrong.append(f"another {what}\n--- plain\n{before[-2000:]}\n--- recorded\n{after[-2000:]}")
    return wrong


def main():
    """Runs the programs; exits with 1 if one behaves in another way when it is recorded."""
    parser = argparse.ArgumentParser()
    parser.add_argument("recorder", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--python")
    parser.add_argument("--wrap", action="store_true")
    arguments = parser.parse_args()
    found = [arguments.python] if arguments.python else pythons.all_pythons((3, 8))
    if not found:
        print("skipped: there is no CPython from 3.8 to 3.13")
        return 0
    programs = [path for path in sorted(PROGRAMS.glob("*.py")) if not path.stem.startswith("forms")]
    if arguments.names:
        programs = [path for path in programs if path.stem in arguments.names]
    failed = 0
    for python in found:
        for program in programs:
            wrong = compare(python, arguments.recorder.resolve(), program, arguments.wrap)
            failed += bool(wrong)
            for sentence in wrong:
                print(f"{python}: {program.name}: {sentence}", flush=True)
    print(f"{len(programs)} programs on {len(found)} Pythons, {failed} behave in another way")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
