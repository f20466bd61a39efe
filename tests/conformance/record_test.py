"""Tests of the recorded outputs: they are what CPython prints today, on each version that is found."""

import unittest

from recorded_outputs import PROGRAMS, own_path, path_of, programs, versions_of, versions_with_all_of
from reference_process import NOT_FOUND, USUAL, VERSIONS, find_reference


class RecordedOutputs(unittest.TestCase):
    """Each program in programs/ with the NAME.expected beside it."""

    def test_each_program_prints_what_was_recorded(self):
        references = {version: find_reference(version) for version in VERSIONS}
        if references[USUAL] is None:
            self.skipTest(NOT_FOUND)
        for version, start_reference in references.items():
            if start_reference is None:
                continue
            with start_reference() as reference:
                for program in programs():
                    if version not in versions_of(program):
                        continue
                    with self.subTest(program=program.stem, version=version):
                        recorded = path_of(program, version).read_bytes()
                        self.assertEqual(reference.run(program), (0, recorded))

    def test_each_recorded_output_has_its_program(self):
        expected = {program.with_suffix(".expected") for program in programs()}
        own = {own_path(program, version) for program in programs() for version in versions_with_all_of(program)}
        found = set(PROGRAMS.glob("*.expected"))
        self.assertLessEqual(expected, found)
        self.assertLessEqual(found, expected | own)

    def test_each_version_prints_something_of_its_own(self):
        for version in VERSIONS:
            if version != USUAL:
                self.assertTrue(list(PROGRAMS.glob(f"*.{version}.expected")), version)


if __name__ == "__main__":
    unittest.main()
