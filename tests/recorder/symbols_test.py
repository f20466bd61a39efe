#!/usr/bin/env python3
"""Checks that every Python from 3.8 on loads the recorder's extension, all of its symbols bound at once: symbols_test.py EXTENSION

So there is none that the oldest of them lacks.  Without a Python 3.8 it exits with 77, "skipped".
"""

import os
import pathlib
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import pythons

OLDEST = (3, 8)
LOAD = "import _loopscope; print(_loopscope.__name__)"


def main():
    """Loads it with each; returns the exit status."""
    extension = pathlib.Path(sys.argv[1]).resolve()
    if pythons.find_python(OLDEST) is None:
        print(f"No Python 3.8 was found {pythons.WHERE}.", file=sys.stderr)
        return 77
    failed = 0
    all_pythons = pythons.all_pythons(OLDEST)
    for python in all_pythons:
        done = subprocess.run([python, "-c", LOAD], capture_output=True, text=True, check=False,
                              env={**os.environ, "LD_BIND_NOW": "1", "PYTHONPATH": str(extension.parent)})  # fmt: skip
        if done.stdout != "_loopscope\n":
            print(f"{python}: {done.stderr}")
            failed += 1
    if not failed:
        print(f"OK: {len(all_pythons)} Pythons load it")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
