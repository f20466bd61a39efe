"""What the texts beside this file say is what CPython prints, with asyncio's own threads and the real aiotask_context.

    twins_test.py

NAME.py is the program, NAME.txt what it prints; tests of C++ compare the same texts with what our own loop does.  Exits with 77 if there
is neither a Python that has aiotask_context nor one from 3.9 on, for asyncio.to_thread.
"""

import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "tests" / "support"))
import pythons
from pythons import version_of

# Threads keep real time, so on a busy machine one that is slower is tried.
UNITS = (0.05, 0.2, 1)
VIRTUAL = """
import virtual_loop
def new_event_loop():
    loop = virtual_loop.VirtualLoop(1e-6)
    loop._clock_resolution = 1e-10
    return loop
"""


def output_of(python, code):
    paths = [str(HERE), str(ROOT / "tests" / "conformance")]
    whole = f"import sys\nsys.dont_write_bytecode = True\nsys.path[:0] = {paths!r}\n{code}"
    done = subprocess.run([python, "-c", whole], capture_output=True, text=True, timeout=300, check=False)
    return done.stdout if done.returncode == 0 else done.stdout + done.stderr


def with_aiotask_context():
    """Pythons that have the package; Debian's is its own."""
    found = [*pythons.all_pythons((3, 8)), "/usr/bin/python3"]
    return [each for each in found if pathlib.Path(each).exists() and output_of(each, "import aiotask_context\nprint('yes')") == "yes\n"]


class Twins(unittest.TestCase):
    def test_threads_beside_a_loop(self):
        expected = (HERE / "executors.txt").read_text(encoding="utf-8")
        found = pythons.all_pythons((3, 9))
        if not found:
            self.skipTest(f"no Python 3.9 or newer was found {pythons.WHERE}")
        for python in found:
            with self.subTest(version=version_of(python)):
                for unit in UNITS:
                    output = output_of(python, f"import executors\nprint('\\n'.join(executors.lines({unit})))")
                    if output == expected:
                        break
                self.assertEqual(output, expected)

    def test_factories_of_aiotask_context(self):
        found = with_aiotask_context()
        if not found:
            self.skipTest("no Python has aiotask_context; Debian's package is python3-aiotask-context")
        expected = (HERE / "task_factories.txt").read_text(encoding="utf-8")
        for python in found:
            with self.subTest(python=python):
                code = f"{VIRTUAL}\nimport task_factories\nprint('\\n'.join(task_factories.lines(new_event_loop)))"
                self.assertEqual(output_of(python, code), expected)


if __name__ == "__main__":
    unittest.main()
