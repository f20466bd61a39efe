#!/usr/bin/env python3
"""Compares what each program prints with what its twin in Python prints, storage by storage: twins.py PROGRAM

PROGRAM is loopscope.  The twins, assets/programs/NAME.py, run on a CPython from 3.11 on: the one that LOOPSCOPE_PYTHON names, or the
newest on PATH or of pyenv; those that NEEDS names, from a later one on.  They run under a virtual clock, so that nothing depends on how busy the machine is; and each runs once as a
reader would run it, in real time.  Exits with 77 if there is no such Python.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "support"))
import pythons
from pythons import version_of

TWINS = ROOT / "assets" / "programs"
STORAGES = ("global", "thread-local", "context-shared", "context-copy", "context-chainmap", "contextvar")
WITH_THREADS = "threads"  # a virtual clock is one thread's
OLDEST = (3, 11)  # the first with asyncio.timeout_at
NEEDS = {"child-set": (3, 12)}  # the first whose wait_for runs its coroutine in the caller's task

# Runs a twin on a loop that moves its own clock: seconds, of which each handle takes a millionth, as of the native loop.
UNDER_VIRTUAL_CLOCK = f"""
import asyncio, runpy, sys, time
sys.dont_write_bytecode = True
sys.path[:0] = [{str(TWINS)!r}, {str(ROOT / "tests" / "conformance")!r}]
import storages, virtual_loop
def new_event_loop():
    loop = virtual_loop.VirtualLoop(1e-6)
    loop._clock_resolution = 1e-10
    return loop
storages.new_event_loop = new_event_loop
time.sleep = lambda seconds: asyncio.get_running_loop().advance(seconds)
twin = sys.argv.pop(1)
runpy.run_path(twin, run_name="__main__")
"""

LOOPSCOPE = ""
PYTHON = ""


def output_of(*command):
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
    return done.stdout if done.returncode == 0 else f"{done.stdout}exit status {done.returncode}\n{done.stderr}"


def programs():
    """The names of the programs that come with Loopscope, and their twins; programs of one's own have none."""
    names = [line.removeprefix("## ") for line in output_of(LOOPSCOPE, "programs", "--markdown").splitlines() if line.startswith("## ")]
    return [(name, TWINS / (name.replace("-", "_") + ".py")) for name in names]


class Twins(unittest.TestCase):
    def test_print_what_the_native_programs_print(self):
        version = version_of(PYTHON)
        runnable = [twin for twin in programs() if version >= NEEDS.get(twin[0], OLDEST) and twin[0] != WITH_THREADS]
        cases = [(name, twin, storage) for name, twin in runnable for storage in STORAGES]
        self.assertGreaterEqual(len(cases), 10 * len(STORAGES))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            outputs = list(pool.map(lambda case: output_of(PYTHON, "-c", UNDER_VIRTUAL_CLOCK, str(case[1]), case[2]), cases))
        for (name, _, storage), output in zip(cases, outputs, strict=True):
            with self.subTest(program=name, storage=storage):
                self.assertEqual(output, output_of(LOOPSCOPE, "run", name, "--storage", storage))

    def test_print_the_same_on_several_threads(self):
        # Real threads keep real time, and a machine may be busy: what counts is that it comes out so.
        twin = TWINS / f"{WITH_THREADS}.py"
        for storage in STORAGES:
            expected = output_of(LOOPSCOPE, "run", WITH_THREADS, "--storage", storage)
            with self.subTest(storage=storage):
                self.assertTrue(any(output_of(PYTHON, str(twin), storage) == expected for _ in range(5)), expected)

    def test_run_as_they_are(self):
        # In real time, so how often something is printed is the machine's affair; a busy one may need more than one try.
        with concurrent.futures.ThreadPoolExecutor() as pool:
            twins = [(name, twin) for name, twin in programs() if version_of(PYTHON) >= NEEDS.get(name, OLDEST)]
            outputs = pool.map(lambda twin: output_of(PYTHON, twin[1], "contextvar"), twins)
        for (name, twin), output in zip(twins, outputs, strict=True):
            with self.subTest(program=name):
                expected = set(output_of(LOOPSCOPE, "run", name, "--storage", "contextvar"))
                self.assertTrue(set(output) == expected or any(set(output_of(PYTHON, twin, "contextvar")) == expected for _ in range(5)), output)

    def test_say_which_storages_there_are(self):
        for arguments in ((), ("drawer",), ("global", "contextvar")):
            done = subprocess.run([PYTHON, TWINS / "indication.py", *arguments], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            for storage in STORAGES:
                self.assertIn(storage, done.stderr)

    def test_are_the_only_files_beside_their_helper(self):
        files = {path.name for path in TWINS.glob("*.py")}
        self.assertEqual(files, {twin.name for _, twin in programs()} | {"storages.py"})


if __name__ == "__main__":
    LOOPSCOPE = os.path.abspath(sys.argv.pop(1))
    PYTHON = next(iter(pythons.all_pythons(OLDEST)), None)
    if PYTHON is None:
        print(f"No Python 3.11 or newer was found {pythons.WHERE}.", file=sys.stderr)
        sys.exit(77)
    unittest.main()
