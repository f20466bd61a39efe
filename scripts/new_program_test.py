# SPDX-License-Identifier: MIT
"""./dev new: what it writes, and what it refuses."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import new_program

SCRIPT = pathlib.Path(new_program.__file__)


def refusal(*arguments):
    """The one line that it says, and its exit code."""
    done = subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


class Names(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name) / "own"

    def test_become_files_and_programs(self):
        for name, stem in (("quite-new", "quite_new"), ("two-requests", "two_requests"), ("retry_2", "retry_2"), ("class", "class")):
            with self.subTest(name=name):
                path = new_program.write(name, self.folder)
                self.assertEqual(path, self.folder / f"{stem}.cpp")
                text = path.read_text()
                self.assertTrue(text.startswith("// SPDX-License-Identifier: MIT\n"))
                self.assertIn(f'LOOPSCOPE_PROGRAM("{name}", main,', text)

    def test_that_could_not_be_both_are_refused_in_a_sentence(self):
        for name in ("", "Hello", "two requests", "2go", "a.cpp", "../up", "-x", "x-", "a--b", "naïve", "a/b"):
            with self.subTest(name=name):
                code, out, said = refusal(name, self.folder)
                self.assertEqual((code, out), (1, ""))
                self.assertRegex(said, r"^dev new: '.*' cannot be the name of a program; take small letters .*\.\n$")
        self.assertFalse(self.folder.exists())

    def test_that_there_are_already_are_refused_in_a_sentence(self):
        for name in ("indication", "indication-main", "pool_worker", "catalogue"):
            with self.subTest(name=name):
                code, _, said = refusal(name, self.folder)
                self.assertEqual(code, 1)
                self.assertRegex(said, rf"^dev new: there is a program '{name}' already, in core/scenario/programs/\w+\.cpp; take another name\.\n$")
        new_program.write("quite-new", self.folder)
        code, _, said = refusal("quite-new", self.folder)
        self.assertEqual(code, 1)
        self.assertIn("there is a program 'quite-new' already", said)

    def test_have_to_be_said(self):
        self.assertEqual(refusal(), (1, "", "dev new: say what the program is to be called: ./dev new NAME\n"))


if __name__ == "__main__":
    unittest.main()
