#!/usr/bin/env python3
"""Tests that a run is the same whichever compiler has built the program:  compilers_test.py

What the standard leaves open, such as the order in which a call's arguments are computed, must not reach a trace: GCC goes from right to left, clang
from left to right. Builds the library with each, which takes some minutes.
"""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMPILERS = ("g++", "clang++")


def run(*command):
    """Runs a command; returns what it says. Raises AssertionError, with all that it said, where it fails."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, command))}:\n{done.stdout}")
    return done.stdout


class Compilers(unittest.TestCase):
    def setUp(self):
        missing = [compiler for compiler in COMPILERS if shutil.which(compiler) is None]
        if missing:
            self.skipTest(f"there is no {' and no '.join(missing)}")
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def built_by(self, compiler):
        """Builds with a compiler; returns its program."""
        built = self.folder / compiler
        options = ("-DLOOPSCOPE_UNITY=ON", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0")
        run("cmake", "-S", HERE, "-B", built, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}", f"-DLOOPSCOPE_SOURCE={ROOT}", *options)
        run("ninja", "-C", built, "every_run")
        return built / "every_run"

    def test_write_the_same_bytes_and_know_each_other_s_files_as_runs_of_their_own(self):
        programs = {compiler: self.built_by(compiler) for compiler in COMPILERS}
        written = {}
        for compiler, program in programs.items():
            folder = self.folder / f"written-by-{compiler}"
            folder.mkdir()
            run(program, "write", folder)
            written[compiler] = {path.name: path.read_bytes() for path in folder.iterdir()}
        one, other = written.values()
        self.assertEqual(set(one), set(other))
        self.assertEqual([name for name in one if one[name] != other[name]], [])
        for compiler, program in programs.items():
            for writer in COMPILERS:
                with self.subTest(opened_by=compiler, written_by=writer):
                    said = run(program, "open", self.folder / f"written-by-{writer}")
                    self.assertEqual(said, f"{len(one)} files, {len(one)} of them runs of ours\n")
        print(f"{len(one)} runs are the same bytes by {' and '.join(COMPILERS)}")


if __name__ == "__main__":
    unittest.main()
