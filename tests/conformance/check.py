"""Runs the programs of programs/ on the native loop and compares with what CPython printed.

    python3 check.py RUNNER

Each is run in the order of each version of asyncio that has what it uses.  Shows how the outputs
differ, prints `N passed, M failed`, and exits with 1 if any failed.
"""

import difflib
import subprocess
import sys

from recorded_outputs import path_of, programs, versions_of


def check(runner, program, version):
    """Whether the runner prints what was recorded for a program; if not, shows the difference."""
    expected = path_of(program, version).read_text(encoding="utf-8")
    done = subprocess.run([runner, "--asyncio", version, program], capture_output=True, encoding="utf-8", errors="replace")
    actual = done.stdout if done.returncode == 0 else done.stdout + done.stderr
    if actual == expected and done.returncode == 0:
        return True
    print(f"{program.stem} differs on {version} (exit status {done.returncode}):")
    lines = (text.splitlines() for text in (expected, actual))
    print("\n".join(difflib.unified_diff(*lines, "CPython", "native", lineterm="")))
    return False


def main():
    """Read the command line."""
    if len(sys.argv) != 2:
        sys.exit("Use it as: python3 check.py RUNNER")
    results = [check(sys.argv[1], program, version) for program in programs() for version in versions_of(program)]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
