"""Tests of the recorded outputs: they are what CPython 3.13 prints today."""

import unittest

from record import PROGRAMS
from reference_process import NOT_FOUND, ReferenceProcess, find_python


class RecordedOutputs(unittest.TestCase):
    """Each program in programs/ with the NAME.expected beside it."""

    def test_each_program_prints_what_was_recorded(self):
        python = find_python()
        if python is None:
            self.skipTest(NOT_FOUND)
        with ReferenceProcess(python) as reference:
            for path in sorted(PROGRAMS.glob("*.json")):
                with self.subTest(path.stem):
                    recorded = path.with_suffix(".expected").read_bytes()
                    self.assertEqual(reference.run(path), (0, recorded))

    def test_each_recorded_output_has_its_program(self):
        programs = {path.stem for path in PROGRAMS.glob("*.json")}
        self.assertEqual(programs, {path.stem for path in PROGRAMS.glob("*.expected")})


if __name__ == "__main__":
    unittest.main()
