#!/usr/bin/env python3
"""Builds the packages from two copies of the tree, in folders of different names and lengths, and compares them:  reproducible.py

Takes as long as two release builds. The compiler's cache is not used, for it would give the second build the first one's files.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def built_in(folder):
    """Returns the hashes of the packages that a copy of the last commit makes in a folder: {name: hash}."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    done = subprocess.run(["./dev", "package"], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        sys.exit(f"{folder}: ./dev package failed:\n{done.stdout}")
    packages = sorted((folder / "build" / "package" / "packages").glob("loopscope*.*"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in packages if path.suffix in (".deb", ".gz")}


def main():
    with tempfile.TemporaryDirectory() as name:
        first, second = (built_in(pathlib.Path(name, folder)) for folder in ("one", "another/of_a_longer_name"))
    if not first or first != second:
        sys.exit(f"The packages differ: {first} and {second}.")
    print("; ".join(f"{name}: {hashed[:16]}" for name, hashed in first.items()) + ": the same twice")


if __name__ == "__main__":
    main()
