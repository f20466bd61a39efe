"""Writes, beside every program in programs/, what each version of asyncio prints for it.

    python3 record.py [--pyodide FOLDER]

Needs a Python of each version; for 3.14, FOLDER may be where npm has installed one.
A program named after a rule pins that rule; random_0010.json is what `generate.py 10` wrote.
"""

import argparse
import sys

from reference import TOO_DEEP
from reference_process import USUAL, VERSIONS, find_reference
from recorded_outputs import own_path, programs, versions_with_all_of


def record(version, start_reference):
    """Write a version's outputs; return how many there are of their own."""
    own = 0
    with start_reference() as reference:
        for program in programs():
            own_path(program, version).unlink(missing_ok=True)
            if version not in versions_with_all_of(program):
                continue
            status, output = reference.run(program)
            if status == TOO_DEEP and version != USUAL:
                own_path(program, version).touch()
                continue
            if status != 0:
                sys.exit(f"{program} is no test case: the reference of {version} ended with status {status}.")
            usual = program.with_suffix(".expected")
            if version == USUAL:
                usual.write_bytes(output)
            elif output != usual.read_bytes():
                own_path(program, version).write_bytes(output)
                own += 1
    return own


def main():
    """Record the usual version first, with which the others are compared."""
    parser = argparse.ArgumentParser(description="Record what CPython prints for the programs.")
    parser.add_argument("--pyodide", help="the folder with the CPython 3.14 that runs under node")
    options = parser.parse_args()
    references = {version: find_reference(version, options.pyodide) for version in VERSIONS}
    if None in references.values():
        missing = ", ".join(version for version in VERSIONS if references[version] is None)
        sys.exit(f"Record with a Python of each version; there is none of {missing}.")
    print(f"{len(programs())} programs")
    record(USUAL, references[USUAL])
    for version in VERSIONS:
        if version != USUAL:
            print(f"{record(version, references[version])} print something else on {version}")


if __name__ == "__main__":
    main()
