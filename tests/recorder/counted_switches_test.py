#!/usr/bin/env python3
"""Tests switches that the recorder in Python makes after so many handles: counted_switches_test.py EXTENSION

A page, in which nothing stands at a gate, runs a program again with them (web/editor).
"""

import pathlib
import subprocess
import tempfile
import unittest

from recordings import PROGRAMS, every_python, read_arguments
import spool_dump

RECORDER = None
RUN = """
import sys, types
folder, count, storage, program = sys.argv[1:]
package = types.ModuleType("loopscope_recorder")
package.__path__ = [{recorder!r}]
sys.modules["loopscope_recorder"] = package
from loopscope_recorder import fallback, program as programs
from loopscope_recorder.options import storage_number
if int(count) >= 0:
    fallback.variables.switch_after([(int(count), None, storage_number(storage))])
programs.run([folder, "--fallback", "--virtual", "--watch", "global_symbol", program], False)
"""


def run(python, count, storage="contextvar", program="indication_main.py"):
    """Runs a program with a switch after so many handles, none if that is negative. Returns what it prints, and its records: kinds, times and subjects."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([python, "-c", RUN.format(recorder=str(RECORDER)), folder, str(count), storage, PROGRAMS / program], capture_output=True, text=True, check=True)
        (spool,) = pathlib.Path(folder).glob("*.spool")
        # What is waited for may be told by an address.
        records = [(each.kind, each.time, each.subject if each.kind != "wait" else 0) for each in spool_dump.read(spool) if each.kind != "clock"]
    return done.stdout, records


class CountedSwitches(unittest.TestCase):
    @every_python
    def test_are_made_where_the_handle_has_ended(self, python):
        plain, records = run(python, -1)
        self.assertEqual(plain, "c" * 44)
        handles = sum(kind == "run" for kind, *_ in records)
        for count in (1, 7, 30, 31, 32, handles - 1):
            output, switched = run(python, count)
            at = next(number for number, each in enumerate(switched) if each[0] == "storage" and number > 0)
            before = [each for each in switched[:at] if each[0] == "run"]
            self.assertEqual(len(before), count)
            self.assertEqual(switched[at - 1][0], "ran")
            self.assertEqual(switched[at][1], switched[at - 1][1], "before the clock goes on")
            self.assertEqual(switched[:at], records[:at])
            self.assertEqual(len(output), 44)
            self.assertTrue(output.startswith("c" * sum(each[0] == "get" for each in switched[:at])))

    @every_python
    def test_may_be_made_before_the_first_one(self, python):
        output, records = run(python, 0)
        self.assertEqual(output, "0abc" * 11)
        kinds = [kind for kind, *_ in records]
        self.assertLess(kinds.index("iteration"), kinds.index("storage"))
        self.assertLess(kinds.index("storage"), kinds.index("run"))


if __name__ == "__main__":
    RECORDER = read_arguments()
    unittest.main()
