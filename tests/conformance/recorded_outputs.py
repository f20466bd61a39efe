"""The programs that are checked in, and what each version of asyncio prints for them.

NAME.json is a program, NAME.expected what 3.13 prints for it, and NAME.VERSION.expected what
another version prints, where that is something else; it is empty where the program nests too deep for
that version.  A program that uses what a version has not, or nests too deep for it, is not run on it.
Of one with threads, 3.14 was asked for nothing: it runs under node, where there are none.
"""

import json
import pathlib

import pyodide_node
from operations import needed_version, uses_threads
from reference_process import USUAL, VERSIONS

PROGRAMS = pathlib.Path(__file__).with_name("programs")


def programs():
    """The paths of all programs."""
    return sorted(PROGRAMS.glob("*.json"))


def versions_with_all_of(program):
    """The versions that have all that a program uses."""
    document = json.loads(program.read_text(encoding="utf-8"))
    needed = needed_version(document)
    without = pyodide_node.VERSION if uses_threads(document) else None
    return [version for version in VERSIONS if tuple(map(int, version.split("."))) >= needed and version != without]


def versions_of(program):
    """The versions on which a program is run."""
    return [version for version in versions_with_all_of(program) if path_of(program, version).stat().st_size > 0]


def own_path(program, version):
    """Where the output of a version is if it differs from that of 3.13."""
    return program.with_suffix(f".{version}.expected")


def path_of(program, version):
    """Where the output of a version is."""
    own = own_path(program, version)
    return own if version != USUAL and own.is_file() else program.with_suffix(".expected")
