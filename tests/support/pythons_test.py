import os
import pathlib
import tempfile
import unittest
from unittest import mock

import pythons


class Pythons(unittest.TestCase):
    """A machine whose PATH is empty, with pyenv's folder."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.enterContext(mock.patch.dict(os.environ, {"PATH": "", "PYENV_ROOT": folder.name}))
        os.environ.pop("LOOPSCOPE_PYTHON", None)
        self.enterContext(mock.patch.object(pythons.sys, "executable", "/nowhere/python3"))

    def install(self, version):
        path = self.root / "versions" / version / "bin" / "python3"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\necho {' '.join(version.split('.')[:2])}\n")
        path.chmod(0o755)
        return str(path)

    def test_of_pyenv_are_found_though_none_is_active(self):
        self.install("3.12.1")
        python = self.install("3.13.0")
        self.assertEqual(pythons.find_python((3, 13)), python)

    def test_that_are_not_there_are_not_found(self):
        self.install("3.12.1")
        self.assertIsNone(pythons.find_python((3, 13)))
        self.assertEqual(pythons.all_pythons((3, 13)), [])

    def test_that_do_not_run_are_passed_over(self):
        pathlib.Path(self.install("3.13.2")).write_text("#!/bin/sh\nexit 1\n")
        python = self.install("3.13.1")
        self.assertEqual(pythons.find_python((3, 13)), python)

    def test_come_once_a_version_the_newest_first(self):
        for version in ("3.9.18", "3.11.7", "3.13.0", "3.13.10", "3.12.1"):
            self.install(version)
        found = [pathlib.Path(each).parts[-3] for each in pythons.all_pythons((3, 11))]
        self.assertEqual(found, ["3.13.10", "3.12.1", "3.11.7"])

    def test_one_that_is_named_is_the_only_one(self):
        self.install("3.13.0")
        named = self.install("3.12.1")
        with mock.patch.dict(os.environ, {"LOOPSCOPE_PYTHON": named}):
            self.assertEqual(pythons.all_pythons((3, 11)), [named])
            self.assertIsNone(pythons.find_python((3, 13)))
