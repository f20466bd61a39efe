#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every program under every storage writes the same events in WebAssembly as it does here: same_events_test.py PROGRAM NODE_MODULE"""

import subprocess
import sys
import unittest

PROGRAM, MODULE = sys.argv[1:3]
STORAGES = ("argument", "global", "thread-local", "contextvar", "context-shared", "context-copy", "context-chainmap")


def programs():
    """Returns the names of all programs."""
    said = subprocess.run([PROGRAM, "programs"], capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in said.splitlines() if line and not line[0].isspace()]


def here(name, storage):
    """Returns the events of the native program."""
    return subprocess.run([PROGRAM, "run", name, "--storage", storage, "--events"], capture_output=True, check=False).stderr


def in_wasm(name, storage):
    return subprocess.run(["node", MODULE, "events", name, storage], capture_output=True, check=True).stdout


class SameEvents(unittest.TestCase):
    def test_every_program_under_every_storage(self):
        names = programs()
        self.assertGreaterEqual(len(names), 13)
        for name in names:
            for storage in STORAGES:
                with self.subTest(program=name, storage=storage):
                    native = b"".join(line for line in here(name, storage).splitlines(True) if line.lstrip()[:1].isdigit())
                    self.assertGreater(native.count(b"\n"), 20)
                    self.assertEqual(in_wasm(name, storage), native)
        print(f"{len(names) * len(STORAGES)} runs")

    def test_a_wrong_name_is_refused(self):
        done = subprocess.run(["node", MODULE, "events", "nonsense", "global"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("nonsense", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
