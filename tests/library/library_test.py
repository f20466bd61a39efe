#!/usr/bin/env python3
"""Tests that other projects can use the library:  library_test.py BUILD [--whole]

It is installed from a build folder, and tests/library is built on it with each compiler that is here, and run. `--whole`: it is built inside that project
as well, by add_subdirectory, which takes some minutes. docs/library.md shows the same program.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMPILERS = [compiler for compiler in ("g++", "clang++") if shutil.which(compiler)]
SAID = "handler(ann) resumes: its 0.01 s timer fired. It prints user from the global: 'bob', written by handler(bob)"


def run(*command, folder=None):
    """Runs a command; returns what it says. Raises AssertionError, with all that it said, where it fails."""
    done = subprocess.run([str(word) for word in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, command))}:\n{done.stdout}")
    return done.stdout


class Library(unittest.TestCase):
    build = None
    whole = False

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def consume(self, compiler, *options):
        """Builds the project and runs its program; returns what that says."""
        built = self.folder / f"built-{compiler}"
        run("cmake", "-S", HERE, "-B", built, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}", *options)
        run("ninja", "-C", built)
        said = run(built / "consumer", self.folder / "requests.loopscope")
        self.assertEqual(run(built / "recorded"), "for bob\nfor bob\n")
        self.assertEqual((self.folder / "requests.loopscope").read_bytes()[1:4], b"LSC")
        return said

    def test_is_found_where_it_is_installed(self):
        prefix = self.folder / "prefix"
        run("cmake", "--install", self.build, "--component", "library", "--prefix", prefix)
        for compiler in COMPILERS:
            with self.subTest(compiler=compiler):
                self.assertIn(SAID, self.consume(compiler, f"-DCMAKE_PREFIX_PATH={prefix}"))

    def test_is_built_inside_of_another_project(self):
        if not self.whole:
            self.skipTest("it takes some minutes: --whole")
        for compiler in COMPILERS:
            with self.subTest(compiler=compiler):
                said = self.consume(compiler, f"-DLOOPSCOPE_SOURCE={ROOT}", "-DLOOPSCOPE_UNITY=ON", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0")
                self.assertIn(SAID, said)
                self.assertNotIn("OpenGL", (self.folder / f"built-{compiler}" / "CMakeCache.txt").read_text())

    def test_is_shown_with_the_program_that_is_tested(self):
        shown = re.findall(r"```cpp\n(.*?)```", (ROOT / "docs" / "library.md").read_text(encoding="utf-8"), re.DOTALL)
        self.assertIn((HERE / "consumer.cpp").read_text(encoding="utf-8").partition("\n\n")[2], shown)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--whole", action="store_true")
    arguments, rest = parser.parse_known_args()
    Library.build, Library.whole = arguments.build.resolve(), arguments.whole
    unittest.main(argv=[sys.argv[0], *rest])
