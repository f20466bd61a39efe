# SPDX-License-Identifier: MIT
"""Loopscope, an oscilloscope for event loops: the program, in a wheel."""

import os
import sys


def program():
    """Returns the path of the program."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "loopscope")


def main():
    """Becomes the program, with the arguments of this process."""
    os.execv(program(), ["loopscope", *sys.argv[1:]])
