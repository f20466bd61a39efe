#!/usr/bin/env python3
"""Runs small programs plain and recorded, on several Pythons: output and exit code are the same, and the spools are sound.

    traps_test.py EXTENSION

Each program, tests/recorder/programs/NAME.py, is about something that a recorder can spoil.
"""

import re
import unittest

import recordings
from recordings import record, run
import spool_dump

TRAPS = """cancellations closed_loop debug_mode eager_tasks executor_contexts executor_jobs exit_at_once exit_in_task failing_handler forgotten_tasks
    forked_child generators handles interrupted large_values library_aiohttp library_anyio library_anyio_on_trio library_trio
    library_trio_beside_asyncio library_uvloop names no_loop output python_tasks queues repeated_runs signals sockets stopped_loop
    subclasses subprocess_output threads uncaught_exception unretrieved_exceptions waits worker_processes wrong_awaits""".split()  # fmt: skip
# Frames of a traceback that a method written in C does not have, and those of the launcher, where the program's own are below them.
FRAMES = re.compile(r'  File "[^"]*/(asyncio/events\.py", line \d+, in _run|program\.py", line \d+, in execute)\n(    .*\n)+')
# What differs from run to run: addresses, times, ports.
CHANGING = re.compile(r"0x[0-9a-f]+|\b\d+\.\d{3,}\b")
# The exception that ends the program passes through the launcher before its task is freed, which says where it has been until then.
OTHER_STDERR = {"exit_in_task"}

RECORDER = None


def settled(text):
    """Returns a stream's text without what differs in any two runs, or because of methods that are C, and without our own lines."""
    lines = [line for line in text.splitlines(True) if not line.startswith("loopscope: ")]
    return CHANGING.sub("…", FRAMES.sub("", "".join(lines)))


class Traps(unittest.TestCase):
    def compare(self, python, name, **environment):
        """Compares a program's two runs."""
        plain = run([python, "-W", "ignore", name + ".py"])
        if plain.code == 1 and plain.err.strip().endswith("is not installed"):
            return
        recorded = record(RECORDER, python, name + ".py", PYTHONWARNINGS="ignore", **environment)
        self.assertEqual((recorded.code, settled(recorded.out)), (plain.code, settled(plain.out)))
        if name not in OTHER_STDERR:
            self.assertEqual(settled(recorded.err), settled(plain.err))
        for spool in recorded.spools.values():
            self.assertGreater(len(spool_dump.read(spool)), 0)

    def test_run_as_if_they_were_not_recorded(self):
        for python in recordings.tested_pythons():
            for name in TRAPS:
                with self.subTest(python=python, program=name):
                    self.compare(python, name)

    def test_run_as_if_they_were_not_recorded_where_methods_are_wrapped(self):
        python = recordings.tested_pythons()[0]
        for name in TRAPS:
            with self.subTest(python=python, program=name):
                self.compare(python, name, LOOPSCOPE_WRAP="1")


if __name__ == "__main__":
    RECORDER = recordings.read_arguments()
    unittest.main(verbosity=2)
