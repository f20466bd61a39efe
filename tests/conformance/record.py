"""Writes, beside every program in programs/, what the Python it runs on prints for it.

    python3.13 record.py

A program named after a rule pins that rule; random_0010.json is what `generate.py 10` wrote.
"""

import pathlib
import sys

from reference_process import VERSION, ReferenceProcess

PROGRAMS = pathlib.Path(__file__).with_name("programs")


def record(python):
    """Write every NAME.expected; return how many there are."""
    paths = sorted(PROGRAMS.glob("*.json"))
    with ReferenceProcess(python) as reference:
        for path in paths:
            status, output = reference.run(path)
            if status != 0:
                sys.exit(f"{path} is no test case: the reference ended with status {status}.")
            path.with_suffix(".expected").write_bytes(output)
    return len(paths)


def main():
    """Refuse every Python but the one that the native loop follows."""
    if sys.version_info[:2] != VERSION:
        sys.exit("Record with Python 3.13: the native loop does what that version does.")
    print(f"{record(sys.executable)} outputs recorded")


if __name__ == "__main__":
    main()
