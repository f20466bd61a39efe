#!/usr/bin/env python3
"""What the program does without a window, seen from a shell: cli_test.py PROGRAM [NAME_test …] [UNITTEST OPTIONS]"""

import pathlib
import sys
import unittest

import program


def load_tests(loader, tests, _pattern):
    """All of the files beside this one."""
    tests.addTests(loader.loadTestsFromNames(all_names()))
    return tests


def all_names():
    """The names of the files beside this one."""
    return sorted(path.stem for path in pathlib.Path(__file__).parent.glob("*_test.py") if path.stem != "cli_test")


if __name__ == "__main__":
    program.set_program_path(sys.argv.pop(1))
    unittest.main(module=None if set(sys.argv) & set(all_names()) else "__main__")
