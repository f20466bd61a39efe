"""Runs the programs of programs/ on the native loop and compares with what CPython printed.

    python3 check.py RUNNER

Shows how the outputs differ, prints `N passed, M failed`, and exits with 1 if any failed.
"""

import difflib
import pathlib
import subprocess
import sys

PROGRAMS = pathlib.Path(__file__).with_name("programs")


def check(runner, program):
    """Whether the runner prints what was recorded for a program; if not, shows the difference."""
    expected = program.with_suffix(".expected").read_text(encoding="utf-8")
    done = subprocess.run([runner, program], capture_output=True, encoding="utf-8", errors="replace")
    actual = done.stdout if done.returncode == 0 else done.stdout + done.stderr
    if actual == expected and done.returncode == 0:
        return True
    print(f"{program.stem} differs (exit status {done.returncode}):")
    lines = (text.splitlines() for text in (expected, actual))
    print("\n".join(difflib.unified_diff(*lines, "CPython", "native", lineterm="")))
    return False


def main():
    """Read the command line."""
    if len(sys.argv) != 2:
        sys.exit("Use it as: python3 check.py RUNNER")
    results = [check(sys.argv[1], program) for program in sorted(PROGRAMS.glob("*.json"))]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
