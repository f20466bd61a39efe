#!/usr/bin/env python3
"""What the program does without a window, seen from a shell: cli_test.py PROGRAM [UNITTEST OPTIONS]"""

import pathlib
import sys
import unittest

import program


def load_tests(loader, tests, _pattern):
    """All of the files beside this one."""
    names = sorted(path.stem for path in pathlib.Path(__file__).parent.glob("*_test.py") if path.stem != "cli_test")
    tests.addTests(loader.loadTestsFromNames(names))
    return tests


if __name__ == "__main__":
    program.set_program_path(sys.argv.pop(1))
    unittest.main()
